import { beforeEach, expect, test } from '@jest/globals';
import { CommitPace } from './commit-pace.js';

let pace: CommitPace;
beforeEach(() => void (pace = new CommitPace()));

test('the first commit waits for nobody', () => {
  expect(pace.waitMs(0)).toBe(0);
});

test('nor does that of who sends one call after the other', () => {
  pace.began(100);
  pace.ended(false);
  expect(pace.waitMs(101)).toBe(0);
});

test('where calls come at the same time, a commit keeps its distance from the one before', () => {
  pace.began(100);
  pace.ended(true);
  expect(pace.waitMs(104)).toBe(11);
  expect(pace.waitMs(115)).toBe(0);
  expect(pace.waitMs(900)).toBe(0);
});

test('when they come one after the other again, the next waits no more', () => {
  pace.began(100);
  pace.ended(true);
  pace.began(115);
  pace.ended(false);
  expect(pace.waitMs(116)).toBe(0);
});
