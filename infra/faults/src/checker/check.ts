import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '@gdtx/local/platform';
import type { FaultStage } from '../fault.js';
import type { Receipts } from '../load/receipts.js';
import { askWith, type Ask } from './ask.js';
import { checkCursors } from './check-figures.js';
import { checkLedgers, ledgersOf } from './check-ledgers.js';
import { checkTopics } from './check-topics.js';
import { expectedOf } from './expected.js';
import { checkServed } from './served.js';
import { openDatabases, readCursors, readEntries, readHeads } from './read-mongodb.js';
import { readTopics, type TopicsAsked } from './read-kafka.js';
import { demandNone, type Violation } from './violation.js';

const CATCHES_UP_WITHIN_MS = 180_000;

export interface CheckOptions extends Pick<TopicsAsked, 'unreadable'> {
  platform: Platform;
  receipts: Receipts;
  /** What the fault itself has brought about, and is not looked at. */
  tolerated?: readonly Violation['kind'][];
  /** Default: three minutes. */
  catchesUpWithinMs?: number;
}

/**
 * Waits until everything has caught up by itself, then reads the ledgers past the services, Kafka, and the figures over HTTP, and holds
 * them against what the publishers were told. Throws when anything doesn't agree; answers what was checked, with counts.
 */
export async function checkEverything(stage: FaultStage, options: CheckOptions): Promise<string> {
  const { platform, receipts } = options;
  const { kafkaBrokers: brokers, mongodbUri } = await stage.engines();
  const databases = await openDatabases(mongodbUri, stage.databasePrefix);
  const token = await platform.token({ sub: 'checker', roles: ['inspector'], units: ['vn'], expiresIn: '2h' });
  const ask = askWith(platform.gatewayUrl, token);
  try {
    const began = performance.now();
    const cursors = await caughtUp(databases, ask, options.catchesUpWithinMs ?? CATCHES_UP_WITHIN_MS);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    stage.say(
      `All caught up within ${seconds} s: ${cursors} cursors stand at the heads of their ledgers, the figures lack nothing.`,
    );
    const acknowledged = [...receipts.byId.values()];
    const ledgers = ledgersOf(await readEntries(databases));
    const entries = [...ledgers.values()].reduce((sum, ledger) => sum + ledger.length, 0);
    const messages = await readTopics({ ...options, brokers, topicPrefix: stage.topicPrefix });
    const expected = expectedOf(acknowledged, ledgers);
    const served = await checkServed(ask, expected, ledgers, stage.random.fork('checker'));
    const violations: Violation[] = [
      ...receipts.wrong.map((what): Violation => ({ kind: 'receipt', what })),
      ...checkLedgers(ledgers, acknowledged),
      ...checkTopics(ledgers, messages),
      ...served.violations,
    ];
    demandNone(violations.filter(({ kind }) => !options.tolerated?.includes(kind)));
    const twice = messages.length - entries;
    stage.say(
      `Checked: ${acknowledged.length} receipts and ${receipts.duplicates} repeated ones, ${entries} entries in ${ledgers.size} ledgers, ` +
        `${messages.length} messages in Kafka (${twice} came twice), ${served.counts}.`,
    );
    return `${acknowledged.length} facts in ${ledgers.size} ledgers, ${receipts.duplicates} duplicates answered, ${twice} messages twice in Kafka, ${served.counts}`;
  } finally {
    await databases.close();
  }
}

/** Resolves when the dashboard has folded all ledgers to their ends and says that it lacks nothing; answers how many there are. */
async function caughtUp(
  databases: Awaited<ReturnType<typeof openDatabases>>,
  ask: Ask,
  withinMs: number,
): Promise<number> {
  for (const until = performance.now() + withinMs; ; await pause(250)) {
    const late = performance.now() > until;
    try {
      const heads = await readHeads(databases);
      demandNone(checkCursors(heads, await readCursors(databases)));
      const { lacks, asOf } = await ask.json<{ lacks: unknown[]; asOf: string | null }>(
        '/v1/figures?indicator=learners-enrolled',
      );
      if (lacks.length > 0 || asOf === null)
        throw new Error(`the figures lack ${JSON.stringify(lacks)}, as of ${asOf}`);
      return heads.size;
    } catch (error) {
      if (late)
        throw new Error(`It did not catch up within ${withinMs / 1000} s: ${(error as Error).message}`, {
          cause: error,
        });
    }
  }
}
