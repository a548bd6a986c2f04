import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Load } from './load.js';
import { whileSending } from './while-sending.js';

/** A load that acknowledges at once what it is allowed. */
function loadAt(facts: number) {
  const allowed: number[] = [];
  const load = {
    taken: facts,
    acknowledged: facts,
    allow(many: number) {
      allowed.push(many);
      load.taken = load.acknowledged = many;
    },
  };
  return { allowed, load: load as unknown as Load };
}

test('a load that has come to what it is allowed is allowed more until the work is over', async () => {
  const { allowed, load } = loadAt(7);
  const work = async () => {
    while (allowed.length < 3) await pause(5);
    return 'done';
  };
  expect(await whileSending(load, work(), 0)).toBe('done');
  const [first, second] = allowed;
  expect([first, second]).toEqual([8, 9]);
  const { length } = allowed;
  await pause(60);
  expect(allowed.length).toBe(length);
});

test('one that has more to do is left alone', async () => {
  const { allowed, load } = loadAt(7);
  Object.assign(load, { acknowledged: 5 });
  await whileSending(load, pause(60), 0);
  expect(allowed).toEqual([]);
});

test('a work that fails is told', async () => {
  const { load } = loadAt(7);
  await expect(whileSending(load, Promise.reject(new Error('no')), 0)).rejects.toThrow('no');
});
