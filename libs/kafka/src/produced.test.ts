import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
// @ts-expect-error kafkajs has types for its front door only
import crc32C from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
// @ts-expect-error likewise
import request from 'kafkajs/src/protocol/requests/produce/v3/request.js';
// @ts-expect-error likewise
import Long from 'kafkajs/src/utils/long.js';
import { encodeProduced, type Produced, type ProducedMessage } from './produced.js';

const NOW = 1_767_225_600_123;
const theirs = request as (of: object) => { encode(): Promise<{ buffer: Buffer }> };
const long = Long as { fromValue(value: string): { toString(): string } };

beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => void jest.restoreAllMocks());

const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each));
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const message: fc.Arbitrary<ProducedMessage> = fc.record(
  {
    key: fc.option(fc.oneof(bytes, text)),
    value: fc.option(bytes),
    headers: fc.dictionary(fc.constantFrom('traceparent', 'other'), text),
  },
  { requiredKeys: ['value'] },
);
const partition = fc.record({
  partition: fc.nat(11),
  firstSequence: fc.nat(2 ** 31 - 1),
  messages: fc.array(message, { minLength: 1, maxLength: 150 }),
});
const produced: fc.Arbitrary<Produced> = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat(60_000),
  producerId: fc.bigInt(-1n, 2n ** 63n - 1n).map((id) => long.fromValue(String(id))),
  producerEpoch: fc.nat(32_767),
  topicData: fc.array(fc.record({ topic: text, partitions: fc.array(partition, { maxLength: 4 }) }), { maxLength: 3 }),
});

test('what is sent is what kafkajs would send, to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(produced, async (of) => {
      const { buffer } = await theirs({ ...of }).encode();
      expect(encodeProduced(of, NOW, crc32C as never).equals(buffer)).toBe(true);
    }),
  );
});
