import { expect, test } from '@jest/globals';
import { CatchUp, type Behind, type CatchUpOptions } from './catch-up.js';
import type { ProjectorCounts } from './core.js';

const TOPIC = 'gdtx.programmes.v1';
const taken = (count: number) => ({ taken: count }) as ProjectorCounts;

/** Partitions by number with their stored positions; `fold` is what folding a share does. */
function catchUpOf(
  stored: Record<number, bigint>,
  fold: CatchUpOptions['foldShare'],
  more: Partial<CatchUpOptions> = {},
) {
  const warnings: string[] = [];
  const position = (_: string, partition: number) => Promise.resolve(stored[partition] ?? ('earliest' as const));
  const warn = (message: string) => void warnings.push(message);
  return { catchUp: new CatchUp({ position, foldShare: fold, shares: 2, from: 100, warn, ...more }), warnings };
}
const ask = (catchUp: CatchUp, ends: Record<number, bigint>) =>
  Promise.all(Object.entries(ends).map(([partition, end]) => catchUp.position(TOPIC, Number(partition), end)));

test('deals out what is far behind, and gives the positions that are stored afterwards', async () => {
  const stored: Record<number, bigint> = { 2: 50n };
  const shares: Behind[][] = [];
  const { catchUp } = catchUpOf(stored, (share, _, report) => {
    shares.push([...share]);
    for (const { partition, end } of share) stored[partition] = end;
    report(taken(1));
    report(taken(share.length));
    return Promise.resolve();
  });
  const positions = await ask(catchUp, { 0: 60n, 1: 40n, 2: 50n, 3: 30n });
  expect(shares.map((share) => share.map(({ partition }) => partition))).toEqual([[0], [1, 3]]);
  expect(positions).toEqual([60n, 40n, 50n, 30n]);
  expect(catchUp.addedTo(taken(7)).taken).toBe(10);
});

test('leaves alone what is near', async () => {
  const fold = () => Promise.reject(new Error('not asked'));
  const { catchUp, warnings } = catchUpOf({ 0: 10n }, fold);
  expect(await ask(catchUp, { 0: 60n, 1: 49n })).toEqual([10n, 'earliest']);
  expect(warnings).toEqual([]);
});

test('what breaks off is told and left, and the other shares go on', async () => {
  const stored: Record<number, bigint> = {};
  const { catchUp, warnings } = catchUpOf(stored, ([first], _, report) => {
    if (first!.partition === 0) return Promise.reject(new Error('x'));
    stored[1] = first!.end;
    return Promise.resolve(report(taken(70)));
  });
  expect(await ask(catchUp, { 0: 80n, 1: 70n })).toEqual(['earliest', 70n]);
  expect([warnings.length, catchUp.addedTo(taken(0)).taken]).toEqual([1, 70]);
});

test('another assignment, and a stop, end what is under way first', async () => {
  const log: string[] = [];
  const { catchUp } = catchUpOf({}, async ([first], signal) => {
    log.push(`begins ${first!.partition}`);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    log.push(`ends ${first!.partition}`);
  });
  const first = ask(catchUp, { 4: 500n });
  while (log.length < 1) await new Promise((resolve) => setImmediate(resolve));
  const second = ask(catchUp, { 5: 500n });
  while (log.length < 3) await new Promise((resolve) => setImmediate(resolve));
  await catchUp.stop();
  expect([await first, await second]).toEqual([['earliest'], ['earliest']]);
  expect(log).toEqual(['begins 4', 'ends 4', 'begins 5', 'ends 5']);
  expect(await ask(catchUp, { 6: 500n })).toEqual(['earliest']);
  expect(log).toHaveLength(4);
});
