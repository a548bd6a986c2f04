import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
// @ts-expect-error kafkajs has types for its front door only
import Encoder from 'kafkajs/src/protocol/encoder.js';
// @ts-expect-error likewise
import recordBatch from 'kafkajs/src/protocol/recordBatch/v0/index.js';
// @ts-expect-error likewise
import Record from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
// @ts-expect-error likewise
import response from 'kafkajs/src/protocol/requests/fetch/v11/response.js';
import { decodeFetched } from './fetched.js';

interface Bytes {
  buffer: Buffer;
}
interface Encoding extends Bytes {
  writeInt16(value: number): Encoding;
  writeInt32(value: number): Encoding;
  writeInt64(value: string): Encoding;
  writeString(value: string): Encoding;
  writeEncoder(value: Bytes): Encoding;
  writeBufferInternal(value: Buffer): Encoding;
}
const encoder = () => new (Encoder as new () => Encoding)();

interface Told {
  key: Buffer | null;
  value: Buffer | null;
  traceparent: string | undefined;
}
interface Answered {
  first: bigint;
  batches: Told[][];
  compression?: number;
}

async function batchOf(first: bigint, told: readonly Told[], compression = 0): Promise<Bytes> {
  const { RecordBatch } = recordBatch as { RecordBatch: (of: object) => Promise<Bytes> };
  const records = told.map(({ key, value, traceparent }, offsetDelta) =>
    (Record as (of: object) => object)({
      ...{ offsetDelta, timestampDelta: offsetDelta * 1000, key, value },
      headers: { other: 'x', ...(traceparent === undefined ? {} : { traceparent }) },
    }),
  );
  const at = { firstTimestamp: 1_700_000_000_000, maxTimestamp: 1_700_000_000_999 };
  return RecordBatch({ compression, firstOffset: first, lastOffsetDelta: told.length - 1, ...at, records });
}

/** What a broker answers: one topic, a partition a list; the last batch of each cut off by so many bytes. */
async function answer(partitions: readonly Answered[], cut = 0): Promise<Buffer> {
  const out = encoder().writeInt32(0).writeInt16(0).writeInt32(7).writeInt32(1).writeString('gdtx.programmes.v1');
  out.writeInt32(partitions.length);
  for (const [partition, { first, batches, compression }] of partitions.entries()) {
    const bytes: Buffer[] = [];
    let next = first;
    for (const told of batches) {
      bytes.push((await batchOf(next, told, compression)).buffer);
      next += BigInt(told.length);
    }
    const all = Buffer.concat(bytes);
    const rest = all.subarray(0, Math.max(0, all.length - cut));
    // kafkajs can't read so little.
    const sent = rest.length < 61 ? Buffer.alloc(0) : rest;
    out
      .writeInt32(partition)
      .writeInt16(0)
      .writeInt64('99')
      .writeInt64('98')
      .writeInt64('3')
      .writeInt32(0)
      .writeInt32(-1);
    out.writeInt32(sent.length).writeBufferInternal(sent);
  }
  return out.buffer;
}

interface Theirs {
  responses: { partitions: { messages: { offset: string; key: Buffer; value: Buffer; headers: object }[] }[] }[];
}
const decode = (raw: Buffer) => (response as { decode(raw: Buffer): Promise<Theirs> }).decode(raw);

const bytes = fc.option(fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some)));
const told = fc.record({ key: bytes, value: bytes, traceparent: fc.option(fc.string(), { nil: undefined }) });
const answered = fc.record({
  first: fc.bigInt({ min: 0n, max: 2n ** 40n }),
  batches: fc.array(fc.array(told, { minLength: 1, maxLength: 70 }), { maxLength: 4 }),
});

describe('fetched messages', () => {
  test('are read as kafkajs reads them, wherever the broker cuts them off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answered, { maxLength: 3 }), fc.nat(400), async (partitions, cut) => {
        const raw = await answer(partitions, cut);
        const ours = decodeFetched(raw)!;
        const theirs = await decode(raw);
        const attributes = (of: object) =>
          JSON.stringify(of, (key, value: unknown) => (key === 'messages' ? 0 : value));
        expect(attributes(ours)).toBe(attributes(theirs));
        for (const [i, { messages }] of ours.responses[0]!.partitions.entries()) {
          const expected = theirs.responses[0]!.partitions[i]!.messages.map(({ offset, key, value, headers }) => ({
            ...{ offset, key, value },
            traceparent: 'traceparent' in headers ? String(headers.traceparent) : undefined,
          }));
          const records = messages[0]?.records ?? [];
          const found = records.map(({ offset, key, value, traceparent }) => ({
            ...{ offset: String(offset), key, value, traceparent },
          }));
          expect(found).toEqual(expected);
          const inPlace = records.map(({ place }) => {
            const { memory, start, end } = place!;
            return end < start ? null : memory.subarray(start, end);
          });
          expect(inPlace).toEqual(expected.map(({ value }) => value));
          expect(messages[0]?.offset).toBe(expected.at(-1)?.offset);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('that are compressed are left to kafkajs', async () => {
    const one = { key: null, value: Buffer.from('x'), traceparent: undefined };
    expect(decodeFetched(await answer([{ first: 0n, batches: [[one]], compression: 1 }]))).toBeUndefined();
  });
});
