import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { silentLog } from '@gdtx/service-kit/log';
import { documentsOf } from '../../test/told-model.js';
import { LedgerOf } from '../../test/ledger-of.js';
import { Follower } from './follow.js';

/** A database with nothing in it, and its change stream. */
function emptyDatabase() {
  const stream = Object.assign(new EventEmitter(), { close: () => Promise.resolve() });
  const connection = {
    collection: () => ({ find: () => [], findOne: () => Promise.resolve(null) }),
    db: { command: () => Promise.resolve({ operationTime: 0 }), watch: () => stream },
  } as unknown as Connection;
  const say = (coll: string, fullDocument: object) => stream.emit('change', { ns: { coll }, fullDocument });
  return { connection, say };
}

test('many changes at once are taken in in their order: whoever hears of an entry has what was folded before it', async () => {
  const { connection, say } = emptyDatabase();
  const follower = new Follower(connection, silentLog);
  await follower.start();
  const heard: [unit: string, seq: number, held: number, indicators: string[]][] = [];
  follower.onChange(({ unit, seq, indicators }) => {
    heard.push([unit, seq, follower.model.seqOf(`programmes/${unit}`), indicators]);
  });
  const units = Array.from({ length: 100 }, (_, i) => `u${i}`);
  for (const unit of units) {
    const ledger = new LedgerOf('programmes', unit);
    const measures = [{ measure: 'learners-enrolled', people: { total: 3 } }];
    ledger.tell('TotalsReported', { month: '2024-09', type: 'literacy', measures });
    for (const document of documentsOf(ledger)) say('unit_years', document);
    say('cursors', { _id: `programmes/${unit}`, service: 'programmes', unit, epoch: 0, seq: 1, unknown: [] });
  }
  say('freshness', { _id: 'now', asOf: 7, services: {}, lacks: [], at: 8 });
  expect(await follower.reaches('programmes', units.at(-1)!, 1, 30_000)).toBe(true);
  await new Promise(setImmediate);
  expect(heard).toEqual(units.map((unit) => [unit, 1, 1, ['learners-enrolled', 'literacy-learners']]));
  expect(follower.freshness?.asOf).toBe(7);
  await follower.stop();
});

test('what comes while changes are taken in is taken in after them', async () => {
  const { connection, say } = emptyDatabase();
  const follower = new Follower(connection, silentLog);
  await follower.start();
  const heard: string[] = [];
  const cursor = (unit: string) =>
    say('cursors', { _id: `programmes/${unit}`, service: 'programmes', unit, epoch: 0, seq: 1, unknown: [] });
  follower.onChange(({ unit }) => {
    heard.push(unit);
    if (unit === 'a') cursor('c');
  });
  cursor('a');
  cursor('b');
  expect(await follower.reaches('programmes', 'b', 1, 30_000)).toBe(true);
  cursor('d');
  expect(await follower.reaches('programmes', 'd', 1, 30_000)).toBe(true);
  expect(heard).toEqual(['a', 'c', 'b', 'd']);
  await follower.stop();
});
