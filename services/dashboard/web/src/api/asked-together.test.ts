import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { asked } from './asked-together.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Counts how often it is asked, and answers when told to. */
function reader() {
  const answers: (() => void)[] = [];
  return { answers, ask: () => new Promise<void>((resolve) => answers.push(resolve)) };
}

describe('what comes close together', () => {
  test('is asked for once, after the wait', async () => {
    const { answers, ask } = reader();
    const group = asked(ask, 150);
    for (let i = 0; i < 20; i += 1) group.soon();
    await jest.advanceTimersByTimeAsync(149);
    expect(answers).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(answers).toHaveLength(1);
  });

  test('while it is asked for: once more after the answer, and not before', async () => {
    const { answers, ask } = reader();
    const group = asked(ask, 150);
    group.soon();
    await jest.advanceTimersByTimeAsync(150);
    for (let i = 0; i < 20; i += 1) {
      group.soon();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(answers).toHaveLength(1);
    answers[0]!();
    await jest.advanceTimersByTimeAsync(150);
    expect(answers).toHaveLength(2);
    answers[1]!();
    await jest.advanceTimersByTimeAsync(1000);
    expect(answers).toHaveLength(2);
  });

  test('that is never answered is asked for again', async () => {
    const { answers, ask } = reader();
    const group = asked(ask, 150);
    group.soon();
    await jest.advanceTimersByTimeAsync(200);
    group.soon();
    await jest.advanceTimersByTimeAsync(5200);
    expect(answers).toHaveLength(2);
  });

  test('after a failure too', async () => {
    let count = 0;
    const group = asked(() => Promise.reject(new Error(String(count++))), 10);
    group.soon();
    await jest.advanceTimersByTimeAsync(20);
    group.soon();
    await jest.advanceTimersByTimeAsync(20);
    expect(count).toBe(2);
  });

  test('is left alone once it is stopped', async () => {
    const { answers, ask } = reader();
    const group = asked(ask, 150);
    group.soon();
    await jest.advanceTimersByTimeAsync(150);
    group.soon();
    group.stop();
    answers[0]!();
    await jest.advanceTimersByTimeAsync(1000);
    expect(answers).toHaveLength(1);
  });
});
