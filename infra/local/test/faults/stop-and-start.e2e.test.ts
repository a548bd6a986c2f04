import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEngines, type Engines } from '@gdtx/engines/engines';
import { eventually } from '@gdtx/testing/eventually';
import { startPlatform, type Platform } from '../../src/platform.js';

/**
 * While centres publish and try again, every part of the way is killed and comes back. Afterwards everything that was
 * acknowledged is in its ledger exactly once, every ledger verifies, and the figures count it once.
 */
const CENTRES = ['fault-a', 'fault-b', 'fault-c', 'fault-d'];
const BATCHES = 40;
const BATCH = 20;
const LEARNERS = 3;

let home: string;
let engines: Engines;
let platform: Platform;
let token: string;

interface Receipt {
  unit: string;
  seq: number;
  hash: string;
}
const receipts = new Map<string, Receipt>();
let retries = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-faults-'));
  // Engines of its own, since they are killed.
  const { KAFKA_BROKERS: _k, MONGODB_URI: _m, ...env } = process.env;
  engines = await startEngines({ home, env });
  platform = await startPlatform({ home, engines, env });
  const roles = ['registrar', 'centre-publisher', 'inspector'];
  token = await platform.token({ roles, units: ['vn'], expiresIn: '1h' });
  await publishSurely(registry());
  await publishSurely(
    CENTRES.map((unit) =>
      event(`${unit}-class`, unit, 'programmes.ClassOpened', {
        class: 'k',
        type: 'upper-secondary',
        openedOn: '2024-09-01',
      }),
    ),
  );
}, 180_000);

afterAll(async () => {
  await platform?.stop();
  await engines?.stop();
  if (home) await rm(home, { recursive: true, force: true });
}, 60_000);

test('nothing acknowledged is lost or counted twice, whatever is killed on the way', async () => {
  const publishing = Promise.all(CENTRES.map(publishAll));
  const struck: string[] = [];
  const strike = async (what: string, how: () => Promise<unknown>) => {
    await pause(500);
    await how();
    struck.push(what);
  };
  await strike('programmes', () => platform.service('programmes').kill());
  await strike('gateway', () => platform.service('gateway').kill());
  await strike('dashboard', () => platform.service('dashboard').kill());
  await strike('mongod', async () => {
    await engines.mongodb.kill();
    await engines.mongodb.start();
  });
  await strike('broker', async () => {
    await engines.kafka.kill();
    await engines.kafka.start();
  });
  await strike('centres', () => platform.service('centres').kill());
  await strike('programmes, in order', async () => {
    await platform.service('programmes').stop();
    await platform.service('programmes').start();
  });
  await publishing;
  const sent = CENTRES.length * BATCHES * BATCH;
  process.stderr.write(
    `    ${sent} facts sent by ${CENTRES.length} centres, ${retries} batches tried again, killed: ${struck.join(', ')}\n`,
  );

  for (const unit of CENTRES) {
    const ledger = await eventually(() => readLedger(unit), 60_000);
    const ids = ledger.map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ledger.map((e) => e.seq)).toEqual(ledger.map((_, i) => i + 1));
    const bySeq = new Map(ledger.map((e) => [e.seq, e]));
    const mine = [...receipts].filter(([id]) => id.startsWith(`${unit}-`));
    expect(mine).toHaveLength(BATCHES * BATCH + 1);
    for (const [id, receipt] of mine) expect(bySeq.get(receipt.seq)).toMatchObject({ id, hash: receipt.hash });
    expect(await get(`/v1/ledgers/programmes/${unit}/verify`)).toMatchObject({ valid: true, entries: ledger.length });
  }
  // Sent once more, everything is known by its first receipt.
  const [again] = (await post(batchOf(CENTRES[0]!, 0))).results;
  expect(again).toMatchObject({ status: 'duplicate', ...receipts.get(again.id) });

  await eventually(async () => {
    const { rows, lacks } = await get('/v1/figures?indicator=learners-enrolled&unit=vn&by=centre');
    expect(lacks).toEqual([]);
    const counted = Object.fromEntries(rows.map((r: { key: string; value: number }) => [r.key, r.value]));
    expect(counted).toEqual(Object.fromEntries(CENTRES.map((unit) => [unit, BATCHES * BATCH * LEARNERS])));
  }, 90_000);
}, 300_000);

function event(id: string, unit: string, type: string, data: object) {
  return { specversion: '1.0', id, source: `urn:gdtx:unit:${unit}`, type: `vn.gdtx.${type}.v1`, data };
}

function registry() {
  const unit = (id: string, kind: string, parent?: string) =>
    event(id, 'vn', 'provinces.UnitEstablished', {
      ...{ unit: id, kind, name: { vi: id }, effectiveOn: { notAfter: '2000-01-01' } },
      ...(parent ? { parent } : {}),
    });
  const centre = (id: string) =>
    event(id, 'vn', 'centres.CentreEstablished', {
      centre: id,
      kind: 'gdtx',
      name: { vi: id },
      seat: 'fault-province',
      knownSince: '2010-01-01',
    });
  return [unit('vn', 'country'), unit('fault-province', 'province', 'vn'), ...CENTRES.map(centre)];
}

function batchOf(unit: string, batch: number) {
  return Array.from({ length: BATCH }, (_, i) =>
    event(`${unit}-${batch}-${i}`, unit, 'programmes.LearnersEnrolled', {
      class: 'k',
      occurredOn: `2024-${String(9 + (batch % 3)).padStart(2, '0')}-05`,
      learners: { total: LEARNERS },
    }),
  );
}

async function publishAll(unit: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    await publishSurely(batchOf(unit, batch));
    await pause(100);
  }
}

/** Sends until every fact is acknowledged: what may come again is sent again, anything else fails the test. */
async function publishSurely(facts: ReturnType<typeof event>[]): Promise<void> {
  for (const deadline = Date.now() + 120_000; ; retries++) {
    const answer = await post(facts).catch(() => undefined);
    const open = (answer?.results ?? []).filter((r: any) => r.status === 'refused');
    for (const r of answer?.results ?? []) {
      if (r.status === 'refused') continue;
      const first = receipts.get(r.id);
      if (first) expect({ unit: r.unit, seq: r.seq, hash: r.hash }).toEqual(first);
      receipts.set(r.id, { unit: r.unit, seq: r.seq, hash: r.hash });
    }
    for (const r of open) if (!r.refusal.retryable) throw new Error(`${r.id}: ${r.refusal.slug}: ${r.refusal.message}`);
    if (answer && open.length === 0) return;
    if (Date.now() > deadline) throw new Error('a batch was not taken within two minutes');
    await pause(300);
  }
}

async function post(facts: object[]): Promise<any> {
  const response = await fetch(`${platform.gatewayUrl}/v1/facts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(facts),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status !== 200 && response.status !== 207) throw new Error(`${response.status}`);
  return response.json();
}

async function get(path: string): Promise<any> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(platform.gatewayUrl + path, { headers, signal: AbortSignal.timeout(20_000) });
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function readLedger(unit: string): Promise<{ id: string; seq: number; hash: string }[]> {
  const entries: { id: string; seq: number; hash: string }[] = [];
  for (let from: number | null = 1; from !== null;) {
    const page: any = await get(`/v1/ledgers/programmes/${unit}?from=${from}&limit=1000`);
    entries.push(...page.entries);
    from = page.next;
  }
  return entries;
}
