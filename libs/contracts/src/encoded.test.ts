import { expect, test } from '@jest/globals';
import { encoded } from './encoded.js';
import { Entry } from './gen/gdtx/ledger/v1/ledger.js';

const entry = (data: Buffer, seq = 7) => Entry.fromPartial({ service: 'programmes', unit: 'gdtx-son-la', seq, data });
const alone = (message: Entry) => Buffer.from(Entry.encode(message).finish());

test('messages are written as each alone, whatever their lengths', () => {
  for (const length of [10, 5000, 0, 200_000, 3]) {
    const message = entry(Buffer.alloc(length, 1));
    expect(encoded(Entry, message).equals(alone(message))).toBe(true);
  }
});

test('what was written stays as it is', () => {
  const first = encoded(Entry, entry(Buffer.from('first')));
  encoded(Entry, entry(Buffer.from('other')));
  expect(first.equals(alone(entry(Buffer.from('first'))))).toBe(true);
});

test('one that fails leaves nothing to the next', () => {
  expect(() => encoded(Entry, entry(Buffer.from('a'), -1.5))).toThrow();
  expect(encoded(Entry, entry(Buffer.from('b'))).equals(alone(entry(Buffer.from('b'))))).toBe(true);
});
