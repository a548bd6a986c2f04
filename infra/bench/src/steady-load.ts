import { setTimeout as pause } from 'node:timers/promises';

export interface Sent<Result> {
  /** When it was due, by performance.now(): a sender that is late makes nobody look faster. */
  due: number;
  result: Result;
}

export interface SteadyLoad<Result> {
  sent: Sent<Result>[];
  /** What was really sent a second. */
  rate: number;
}

/**
 * Sends at a steady rate whatever the answers take (an open loop), for so long; resolves when all are answered. At most so
 * many are under way: beyond that the machine can't keep up, and the rate that comes back says so.
 */
export async function sendSteadily<Result>(
  of: { aSecond: number; milliseconds: number; atMost?: number },
  send: () => Promise<Result>,
): Promise<SteadyLoad<Result>> {
  const { aSecond, milliseconds, atMost = 256 } = of;
  const sent: Sent<Result>[] = [];
  const began = performance.now();
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  for (let i = 0; ; i++) {
    const due = began + (i * 1000) / aSecond;
    if (due - began >= milliseconds || failure) break;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    while (underWay.size >= atMost) await Promise.race(underWay);
    const one: Promise<void> = send().then(
      (result) => {
        sent.push({ due, result });
        underWay.delete(one);
      },
      (error: unknown) => {
        failure ??= error;
        underWay.delete(one);
      },
    );
    underWay.add(one);
  }
  const sending = performance.now() - began;
  await Promise.all(underWay);
  if (failure) throw failure;
  return { sent, rate: (sent.length / sending) * 1000 };
}
