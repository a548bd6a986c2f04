import { describe, expect, test } from '@jest/globals';
import {
  forgedAnswer,
  frames,
  METADATA,
  produceAnswer,
  readProduce,
  readProduceAnswer,
  readRequest,
  replacePorts,
  withOnly,
} from './kafka-frames.js';

const text = (value: string | null) => {
  const bytes = Buffer.from(value ?? '');
  const length = Buffer.alloc(2);
  length.writeInt16BE(value === null ? -1 : bytes.length);
  return Buffer.concat([length, bytes]);
};
const int16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const framed = (...parts: Buffer[]) => Buffer.concat([int32(Buffer.concat(parts).length), ...parts]);

const records = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)]);
const produce = framed(
  ...[int16(0), int16(7), int32(42), text('client'), text(null), int16(-1), int32(3000)],
  int32(2),
  ...[text('a'), int32(2), int32(3), records('a3'), int32(5), records('a5')],
  ...[text('b'), int32(1), int32(3), records('b3')],
);

describe('frames', () => {
  test('are found wherever the stream is cut', () => {
    for (let cut = 1; cut < produce.length * 2; cut += 7) {
      const found: Buffer[] = [];
      const take = frames((frame) => found.push(frame));
      const stream = Buffer.concat([produce, produce]);
      take(stream.subarray(0, cut));
      take(stream.subarray(cut));
      expect(found).toEqual([produce, produce]);
    }
  });

  test('a Produce is read, and made smaller', () => {
    const request = readRequest(produce);
    expect(request).toMatchObject({ apiKey: 0, apiVersion: 7, correlationId: 42 });
    const partitions = readProduce(request);
    expect(partitions.map(({ topic, partition, records }) => `${topic}/${partition} ${String(records)}`)).toEqual([
      'a/3 a3',
      'a/5 a5',
      'b/3 b3',
    ]);
    const less = readRequest(withOnly(request, [partitions[1]!, partitions[2]!]));
    expect(less.correlationId).toBe(42);
    expect(readProduce(less)).toEqual([partitions[1], partitions[2]]);
    expect(withOnly(request, partitions).equals(produce)).toBe(true);
  });

  test('an answer is made, and read again', () => {
    const [one, , three] = readProduce(readRequest(produce));
    const answer = produceAnswer(42, [forgedAnswer(one!, 7, 6), forgedAnswer(three!, 7, 0)]);
    expect(answer.readInt32BE(4)).toBe(42);
    expect(readProduceAnswer(answer, 7)).toMatchObject([
      { topic: 'a', partition: 3, errorCode: 6 },
      { topic: 'b', partition: 3, errorCode: 0 },
    ]);
  });

  test('brokers get another port', () => {
    const answer = (port: number) =>
      framed(
        ...[int32(7), int32(0), int32(2)],
        ...[int32(1), text('localhost'), int32(port), text(null)],
        ...[int32(2), text('h'), int32(port), text('rack')],
        text('cluster'),
      );
    const changed = answer(9092);
    replacePorts({ apiKey: METADATA, apiVersion: 6, correlationId: 7, content: 0, frame: changed }, changed, 1234);
    expect(changed.equals(answer(1234))).toBe(true);
  });
});
