import { describe, expect, jest, test } from '@jest/globals';
import { together } from './together.js';

const twice = () => jest.fn(async (asks: number[], _signal: AbortSignal) => asks.map((ask) => ask * 2));

describe('what is asked for in the same moment', () => {
  test('goes by one call, and each gets its answer', async () => {
    const send = twice();
    const ask = together(send, 10);
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([2, 4, 6]);
    expect(send.mock.calls.map(([asks]) => asks)).toEqual([[1, 2, 3]]);
  });

  test('goes by as many calls as there must be, the first to ask in the first', async () => {
    const send = twice();
    const ask = together(send, 2);
    await Promise.all([ask(1), ask(2), ask(3)]);
    expect(send.mock.calls.map(([asks]) => asks)).toEqual([[1, 2], [3]]);
  });

  test('what is asked for later goes by another call', async () => {
    const send = twice();
    const ask = together(send, 10);
    await ask(1);
    await ask(2);
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('one that is refused doesn’t take the others with it', async () => {
    const ask = together(async (asks: number[]) => asks.map((each) => (each === 2 ? new Error('no') : each)), 10);
    const told = await Promise.allSettled([ask(1), ask(2)]);
    expect(told).toMatchObject([{ value: 1 }, { reason: { message: 'no' } }]);
  });

  test('a call that fails fails for each', async () => {
    const ask = together<number, number>(() => Promise.reject(new Error('no line')), 10);
    const told = await Promise.allSettled([ask(1), ask(2)]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('what nobody waits for any more isn’t sent, and a call is broken off once nobody waits for any of it', async () => {
    const signals: AbortSignal[] = [];
    const asked: number[] = [];
    const ask = together<number, number>((asks, signal) => {
      asked.push(...asks);
      signals.push(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('left'))));
    }, 10);
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    void ask(1, first.signal).catch(() => undefined);
    first.abort();
    const told = Promise.allSettled([ask(2, second.signal), ask(3, third.signal)]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    second.abort();
    expect([asked, signals[0]!.aborted]).toEqual([[2, 3], false]);
    third.abort();
    expect(await told).toMatchObject([{ reason: { message: 'left' } }, { reason: { message: 'left' } }]);
  });
});
