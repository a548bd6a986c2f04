import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { bsonOf } from './bson.js';

const theirs = (document: object) => Buffer.from(mongo.BSON.serialize(document, { ignoreUndefined: true }));

const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each));
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 100 }));
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1),
);
const { document } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    ...[text, number, bytes, fc.boolean(), fc.constantFrom(null, undefined)],
    fc.array(tie('value'), { maxLength: 12 }),
    tie('document'),
  ),
  document: fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 80 }).filter((name) => !name.includes('\0')),
    tie('value'),
    {
      maxKeys: 8,
      noNullPrototype: true,
    },
  ),
}));

test('documents are written as the driver writes them', () => {
  fc.assert(
    fc.property(fc.array(document as fc.Arbitrary<object>, { maxLength: 5 }), (documents) => {
      expect(bsonOf(documents)).toEqual(Buffer.concat(documents.map(theirs)));
    }),
  );
});

test('of any length', () => {
  const long = { text: 'đ'.repeat(2_000_000), list: Array.from({ length: 20_000 }, (_, i) => ({ i })) };
  expect(bsonOf([long, { a: 1 }]).equals(Buffer.concat([theirs(long), theirs({ a: 1 })]))).toBe(true);
  expect(bsonOf([])).toHaveLength(0);
});

test.each([
  ['a date', { at: new Date(0) }],
  ['a large number', { n: 1n }],
  ['what the driver has a type for', { id: new mongo.ObjectId() }],
  ['a name that others would read as a shorter one', { 'a\0b': 1 }],
])('%s is none', (_, each) => {
  expect(() => bsonOf([each])).toThrow(TypeError);
});
