import { expect, test } from '@jest/globals';
import { PARTITIONS, partitionOf, progressTopic, topicOf } from './partition.js';

test('a unit lies in the same partition for ever', () => {
  // Pinned: another value here means that every topic must be made anew.
  const pinned = {
    vn: 9,
    'gdtx-son-la': 1,
    'province-14': 9,
    'province-31-2025': 0,
    'commune-10546': 6,
    'trung-tâm': 4,
  };
  expect(Object.fromEntries(Object.keys(pinned).map((unit) => [unit, partitionOf(unit)]))).toEqual(pinned);
});

test('the hash is FNV-1a, 32 bits', () => {
  // The published test vectors: '' 811c9dc5, 'a' e40c292c, 'foobar' bf9cf968.
  expect([partitionOf(''), partitionOf('a'), partitionOf('foobar')]).toEqual([
    0x811c9dc5 % 12,
    0xe40c292c % 12,
    0xbf9cf968 % 12,
  ]);
});

test('partitions are used evenly', () => {
  const counts = new Array<number>(PARTITIONS).fill(0);
  for (let code = 0; code < 10_035; code++) counts[partitionOf(`commune-${code}`)]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(700);
  expect(Math.max(...counts)).toBeLessThan(980);
});

test('topics are named by prefix and service', () => {
  expect(topicOf('gdtx.', 'community-learning')).toBe('gdtx.community-learning.v1');
  expect(progressTopic('gdtx.')).toBe('gdtx.progress.v1');
});
