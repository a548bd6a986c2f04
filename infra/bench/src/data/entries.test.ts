import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { canonicalJson } from '@gdtx/ledger/canonical-json';
import { canonicalEntry } from '@gdtx/ledger/entry';
import { chainHash, GENESIS } from '@gdtx/ledger/hashes';
import { given } from '@gdtx/testing/given';
import { Registry } from '@gdtx/territory/registry';
import { RULES } from './book.js';
import { entriesOf } from './entries.js';
import { factsAt, historyOf } from './history.js';

const SIZE = { seed: 7, scale: 0.002 };

describe('the data set', () => {
  const entries = [...entriesOf(SIZE)];

  test('has as many entries as its scale says, besides the territory', () => {
    expect(entries.filter(({ service }) => service !== 'provinces')).toHaveLength(factsAt(SIZE.scale));
  });

  test('is the same for the same seed, and another for another', () => {
    const digest = (seed: number) => {
      const hash = createHash('sha256');
      for (const entry of entriesOf({ seed, scale: 0.0002 })) hash.update(entry.id).update(entry.hash);
      return hash.digest('hex');
    };
    expect(digest(7)).toBe(digest(7));
    expect(digest(8)).not.toBe(digest(7));
  });

  test('comes in order of time, each ledger without a gap and each hash over the one before', () => {
    const heads = new Map<string, Entry>();
    const broken: Entry[] = [];
    let last = 0;
    for (const entry of entries) {
      const ledger = `${entry.service}/${entry.unit}`;
      const before = heads.get(ledger);
      const follows = entry.seq === (before?.seq ?? 0) + 1 && entry.previousHash.equals(before?.hash ?? GENESIS);
      if (!follows || entry.recordedAt < last) broken.push(entry);
      heads.set(ledger, entry);
      last = entry.recordedAt;
    }
    expect(broken).toEqual([]);
  });

  test('holds hashes over the canonical JSON of each entry', () => {
    const first = entries.find(({ type }) => type.endsWith('.PeriodClosed.v1'))!;
    const { month } = codecOf(first.type)!.decode(first.data) as { month: string };
    const { data: _data, hash: _hash, previousHash, ...attributes } = first;
    const canonical = canonicalEntry({ ...attributes, canonicalData: canonicalJson({ month }) });
    expect(first.hash).toEqual(chainHash(previousHash, canonical));
  });

  test('reads back as protobuf', () => {
    const types = new Map(entries.map((entry) => [entry.type, entry]));
    for (const entry of types.values()) {
      expect(Entry.decode(Entry.encode(entry).finish())).toEqual(entry);
      expect(codecOf(entry.type)!.decode(entry.data)).toBeDefined();
    }
    expect(types.size).toBeGreaterThan(25);
  });
});

/** Decided by the owners' own rules. What is taken back is left out: a withdrawal is decided with the ledger. */
test('every fact would be accepted', () => {
  const history = [...historyOf(SIZE)].filter(({ told }) => !told.withdraws);
  let registry = Registry.empty();
  for (const [service, rules] of Object.entries(RULES)) {
    const facts = history.map(({ told }) => told).filter((told) => told.service === service);
    const world = { service, rules: [...rules], registry };
    registry = given(world, facts).registry;
  }
  expect(registry.unit('bench-tthtcd-0')?.kind).toBe('community-centre');
});
