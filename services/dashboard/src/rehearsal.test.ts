import { expect, test } from '@jest/globals';
import { rehearse } from './rehearsal.js';

const never = new Promise<void>(() => {});

test('collects, makes months ready and reads some sources, in this order, and reads none to its end', async () => {
  const done: string[] = [];
  await rehearse(
    {
      settled: Promise.resolve().then(() => void done.push('settled')),
      makeReady: async () => void done.push('months'),
      sourcesOf: async function* (indicator) {
        try {
          for (;;) yield {};
        } finally {
          done.push(indicator);
        }
      },
      collect: () => void done.push('collected'),
    },
    60_000,
  );
  expect(done).toEqual(['settled', 'months', 'learners-enrolled', 'attendances', 'staff', 'collected']);
});

test('goes on where an owner is down, and gives up where something fails', async () => {
  const asked: string[] = [];
  const sourcesOf = (indicator: string): AsyncIterable<unknown> => {
    asked.push(indicator);
    return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('down')) }) };
  };
  await rehearse({ settled: Promise.resolve(), makeReady: async () => {}, sourcesOf, collect: () => {} }, 60_000);
  expect(asked).toHaveLength(3);
  const collect = () => void asked.push('collected');
  const failing = { settled: Promise.resolve(), makeReady: () => Promise.reject(new Error('no')), sourcesOf, collect };
  await rehearse(failing, 60_000);
  expect(asked).toHaveLength(3);
});

test('waits for nothing longer than it may, and stops nothing then', async () => {
  const collected: string[] = [];
  const collect = () => void collected.push('collected');
  const none = { [Symbol.asyncIterator]: () => ({ next: () => never as Promise<never> }) };
  await rehearse({ settled: never, makeReady: () => never, sourcesOf: () => none, collect }, 1);
  expect(collected).toEqual([]);
});
