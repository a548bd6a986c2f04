import { expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { documentSequence } from './document-sequence.js';

test('is the section of a message that holds these documents', () => {
  const documents = [
    { _id: 'a', n: 1 },
    { _id: 'đ', bytes: Buffer.from('b') },
  ];
  const bson = Buffer.concat(documents.map((each) => mongo.BSON.serialize(each)));
  const length = Buffer.alloc(4);
  length.writeInt32LE(4 + 'documents'.length + 1 + bson.length);
  const section = (documentSequence('documents', documents) as { toBin(): Uint8Array }).toBin();
  expect(Buffer.from(section)).toEqual(Buffer.concat([Buffer.from([1]), length, Buffer.from('documents\0'), bson]));
});
