import { beforeEach, describe, expect, test } from '@jest/globals';
import { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { LearnersEnrolled } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import type { TestFact } from '@gdtx/testing/given';
import { MemoryLedger } from '../test/memory-ledger.js';
import { classRules } from '../test/rules.js';
import { world } from '../test/world.js';
import type { EntryDocument } from './documents.js';
import { canonicalEntry, dataOf } from './entry.js';
import { chainHash } from './hashes.js';
import { verifyLedger } from './verify.js';

const enrol = (total: number): TestFact => ({
  name: 'LearnersEnrolled',
  source: 'gdtx-a',
  data: { class: 'k12', occurredOn: '2024-09-05', learners: { total } },
});
const withdrawal: TestFact = {
  name: 'EntryWithdrawn',
  source: 'gdtx-a',
  data: {
    ...{ unit: 'gdtx-a', seq: 2, reason: 'sai' },
    correction: { id: 'c-1', type: 'vn.gdtx.programmes.LearnersEnrolled.v1', data: enrol(7).data },
  },
};

let ledger: MemoryLedger;
let entries: EntryDocument[];
let head: { seq: number; hash: Buffer };
beforeEach(async () => {
  ledger = new MemoryLedger('programmes', classRules, world());
  await ledger.record([enrol(1), enrol(2), withdrawal, enrol(3)]);
  entries = structuredClone(ledger.ledger('gdtx-a')).map((entry) => ({ ...entry, ...buffers(entry) }));
  head = ledger.heads.get('gdtx-a')!;
});

const verify = (from: EntryDocument[] = entries, at: typeof head | undefined = head) =>
  verifyLedger(each(from), at, ledger.rules);

test('a ledger as it was written holds', async () => {
  expect(await verify()).toEqual({ valid: true, entries: 5, head: { seq: 5, hash: head.hash.toString('hex') } });
  expect(await verifyLedger(each([]), undefined, ledger.rules)).toEqual({ valid: true, entries: 0, head: null });
});

test('what came after the head was read is no breach', async () => {
  const before = entries[3]!;
  expect(await verify(entries, { seq: 4, hash: before.hash })).toMatchObject({ valid: true, entries: 5 });
});

describe('tampering is found', () => {
  const flip = (buffer: Buffer, text: string, other: string) =>
    Buffer.from(buffer.toString('latin1').replace(text, other), 'latin1');
  test.each<[string, (e: EntryDocument) => Partial<EntryDocument>, RegExp]>([
    ['with what was hashed', (e) => ({ canonical: flip(e.canonical, '"total":2', '"total":9') }), /hash isn’t that/],
    ['with a hash', (e) => ({ hash: Buffer.alloc(32, e.hash[0]! ^ 1) }), /hash isn’t that/],
    ['with the hash before', () => ({ previousHash: Buffer.alloc(32) }), /doesn’t follow/],
    ['with the message', (e) => ({ data: Buffer.concat([e.data, e.data]) }), /message isn’t/],
    ['with the sort of fact', (e) => ({ type: e.type.replace('Enrolled', 'Left') }), /type isn’t/],
    ['with who said it', () => ({ source: 'urn:gdtx:unit:gdtx-b' }), /source isn’t/],
    ['with its id', () => ({ _id: 'other' }), /id isn’t/],
    ['with its unit', () => ({ unit: 'gdtx-b' }), /unit isn’t/],
    ['with when', (e) => ({ recordedAt: e.recordedAt + 1 }), /recordedAt isn’t/],
    ['with the publisher’s time', () => ({ time: '2024-09-05T01:00:00Z' }), /time isn’t/],
    ['with who recorded it', () => ({ by: 'nobody' }), /recordedBy isn’t/],
  ])('%s', async (_, change, why) => {
    entries[1] = { ...entries[1]!, ...change(entries[1]!) };
    expect(await verify()).toEqual({ valid: false, entries: 1, brokenAt: 2, why: expect.stringMatching(why) });
  });

  test('with a withdrawal’s message, with what it carries, with the seq of its correction', async () => {
    const said = (data: Buffer) => EntryWithdrawn.decode(data);
    const message = (withdrawal: EntryWithdrawn) => Buffer.from(EntryWithdrawn.encode(withdrawal).finish());
    const nine = Buffer.from(LearnersEnrolled.encode(LearnersEnrolled.fromPartial({ class: 'k12' })).finish());
    for (const change of [
      (data: Buffer) => message({ ...said(data), reason: 'ok' }),
      (data: Buffer) => message({ ...said(data), withdrawn: { ...said(data).withdrawn!, data: nine } }),
      (data: Buffer) => message({ ...said(data), correction: { ...said(data).correction!, seq: 9 } }),
    ]) {
      const tampered = entries.map((e) => (e.seq === 3 ? { ...e, data: change(e.data) } : e));
      expect(await verify(tampered)).toMatchObject({
        valid: false,
        brokenAt: 3,
        why: expect.stringMatching(/message/),
      });
    }
  });

  test('with an entry that is gone: at the beginning, in the middle, at the end', async () => {
    expect(await verify(entries.slice(1))).toMatchObject({ valid: false, brokenAt: 1, why: 'entry 1 is missing' });
    expect(await verify(entries.toSpliced(2, 1))).toMatchObject({ brokenAt: 3, why: 'entry 3 is missing' });
    expect(await verify(entries.slice(0, 4))).toMatchObject({
      brokenAt: 5,
      why: expect.stringMatching(/says that it has 5/),
    });
    expect(await verify([])).toMatchObject({ valid: false, brokenAt: 1 });
  });

  test('with an end that was written anew, hashes and all', async () => {
    const last = entries[4]!;
    const shown = JSON.parse(last.canonical.toString()) as { data: object };
    const { data: _, recordedAt: __, ...rest } = shown as Record<string, unknown>;
    const canonicalData = JSON.stringify(dataOf(last.canonical)).replace('"total":3', '"total":4');
    const canonical = canonicalEntry({
      ...(rest as never as object),
      recordedAt: last.recordedAt,
      canonicalData,
    } as never);
    const hash = chainHash(last.previousHash, canonical);
    const forged = [
      ...entries.slice(0, 4),
      { ...last, canonical, hash, data: flip(last.data, '\x08\x03', '\x08\x04') },
    ];
    expect(await verify(forged)).toMatchObject({ valid: false, brokenAt: 5, why: 'the head names another hash' });
  });
});

function buffers(entry: EntryDocument): Partial<EntryDocument> {
  const { data, canonical, hash, previousHash, content } = entry;
  return Object.fromEntries(
    Object.entries({ data, canonical, hash, previousHash, content }).map(([name, bytes]) => [name, Buffer.from(bytes)]),
  );
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
