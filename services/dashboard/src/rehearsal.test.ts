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
    },
    60_000,
  );
  expect(done).toEqual(['settled', 'months', 'learners-enrolled', 'attendances', 'staff']);
});

test('goes on where an owner is down, and gives up where something fails', async () => {
  const asked: string[] = [];
  const sourcesOf = (indicator: string): AsyncIterable<unknown> => {
    asked.push(indicator);
    return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('down')) }) };
  };
  await rehearse({ settled: Promise.resolve(), makeReady: async () => {}, sourcesOf }, 60_000);
  expect(asked).toHaveLength(3);
  const failing = { settled: Promise.resolve(), makeReady: () => Promise.reject(new Error('no')), sourcesOf };
  await rehearse(failing, 60_000);
  expect(asked).toHaveLength(3);
});

test('waits for nothing longer than it may', async () => {
  const none = { [Symbol.asyncIterator]: () => ({ next: () => never as Promise<never> }) };
  await rehearse({ settled: never, makeReady: () => never, sourcesOf: () => none }, 1);
});
