import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Envelope } from './envelope.js';

const programmes = Buffer.from('programmes');
const encode = (entry: Partial<Entry>) => Buffer.from(Entry.encode(Entry.fromPartial(entry)).finish());
const entry: Partial<Entry> = { service: 'programmes', unit: 'gdtx-son-la', seq: 3, type: 'vn.gdtx.programmes.X.v1' };

const bytes = fc.uint8Array({ maxLength: 80 }).map((b) => Buffer.from(b));
const anyEntry: fc.Arbitrary<Entry> = fc.record({
  service: fc.constant('programmes'),
  unit: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,79}$/),
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  id: fc.string(),
  source: fc.stringMatching(/^urn:gdtx:unit:[a-z0-9]{1,20}$/),
  type: fc.stringMatching(/^vn\.gdtx\.[a-z]{1,20}\.[A-Za-z]{1,30}\.v1$/),
  time: fc.string(),
  recordedAt: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  data: bytes,
  hash: bytes,
  previousHash: bytes,
  recordedBy: fc.string(),
});

describe('an envelope', () => {
  test('says what the whole entry says', () => {
    const envelope = new Envelope();
    fc.assert(
      fc.property(anyEntry, (each) => {
        const value = encode(each);
        expect(envelope.read(value, programmes)).toBeUndefined();
        const { unit, seq, type, source, service, recordedAt } = envelope;
        expect({ unit, seq, type, source, service, recordedAt }).toEqual({
          unit: each.unit,
          seq: each.seq,
          type: each.type,
          source: each.source,
          service: each.service,
          recordedAt: each.recordedAt,
        });
        expect(value.subarray(envelope.dataStart, envelope.dataEnd).equals(each.data)).toBe(true);
        expect(value.subarray(envelope.hashStart, envelope.hashEnd).equals(each.hash)).toBe(true);
      }),
    );
  });

  test('says the same of an entry in the midst of others, and nothing of these', () => {
    const [alone, among] = [new Envelope(), new Envelope()];
    fc.assert(
      fc.property(anyEntry, bytes, bytes, fc.nat(300), (each, before, behind, cut) => {
        const value = encode(each).subarray(0, cut);
        const end = before.length + value.length;
        const problem = among.read(Buffer.concat([before, value, behind]), programmes, before.length, end);
        expect(problem).toBe(alone.read(value, programmes));
        if (problem) return;
        const said = ({ unit, seq, type, source, recordedAt }: Envelope) => ({ unit, seq, type, source, recordedAt });
        expect(said(among)).toEqual(said(alone));
        expect(among.dataStart).toBe(alone.dataStart && alone.dataStart + before.length);
        expect(among.dataEnd - among.dataStart).toBe(alone.dataEnd - alone.dataStart);
      }),
    );
  });

  test('forgets the one that it read before', () => {
    const envelope = new Envelope();
    envelope.read(encode({ ...entry, source: 'urn:gdtx:unit:a', data: Buffer.from([1]), recordedAt: 5 }), programmes);
    envelope.read(encode(entry), programmes);
    const { source, dataStart, dataEnd, recordedAt, hashEnd } = envelope;
    expect([source, dataEnd - dataStart, recordedAt, hashEnd]).toEqual(['', 0, 0, 0]);
  });

  test('passes over fields of later versions', () => {
    const later = Buffer.concat([
      encode(entry),
      // Field 20: a varint; 21: eight bytes; 22: text; 23: four bytes.
      Buffer.from([160, 1, 150, 1]),
      Buffer.from([169, 1, 1, 2, 3, 4, 5, 6, 7, 8]),
      Buffer.from([178, 1, 2, 65, 66]),
      Buffer.from([189, 1, 1, 2, 3, 4]),
    ]);
    const envelope = new Envelope();
    expect(envelope.read(later, programmes)).toBeUndefined();
    expect(envelope.unit).toBe('gdtx-son-la');
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'it names no unit'],
    ['text', Buffer.from('{"unit":"gdtx-son-la"}'), 'it is no protobuf message'],
    ['half an entry', encode({ ...entry, id: 'x'.repeat(50) }).subarray(0, 40), 'it is cut off'],
    ['a number that doesn’t end', Buffer.from([24, ...Array<number>(12).fill(255)]), 'it is cut off'],
    ['a number that breaks off', Buffer.from([24, 255]), 'it is cut off'],
    ['a fixed field that breaks off', Buffer.concat([encode(entry), Buffer.from([169, 1, 1])]), 'it is cut off'],
    ['an entry without a number', encode({ ...entry, seq: 0 }), 'it has no number'],
    ['an entry without a type', encode({ ...entry, type: '' }), 'it has no type'],
    ['an entry of another service', encode({ ...entry, service: 'centres' }), 'it is an entry of `centres`'],
  ])('refuses %s', (_, value, reason) => {
    expect(new Envelope().read(value, programmes)).toBe(reason);
  });

  test('bears any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void new Envelope().read(Buffer.from(any), programmes)),
    );
  });
});
