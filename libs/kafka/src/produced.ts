/** What kafkajs is asked to send: messages by topic and partition, each partition with the sequence number of its first. */
export interface Produced {
  acks: number;
  /** Milliseconds. */
  timeout: number;
  /** A number of 64 bits that can say itself in decimals. */
  producerId: { toString(): string };
  producerEpoch: number;
  topicData: {
    topic: string;
    partitions: { partition: number; firstSequence: number; messages: readonly ProducedMessage[] }[];
  }[];
}

export interface ProducedMessage {
  key?: Buffer | string | null;
  value: Buffer | string | null;
  headers?: Record<string, string>;
}

/** Of a record batch: what stands before its records. */
const BATCH_HEADER = 61;
/** Of it, what stands before what the checksum is over. */
const BEFORE_CHECKED = 21;
const BEFORE_LENGTH_COUNTS = 12;
const MAGIC = 2;
/** Of each record, in front of its offset: its attributes, and how much later than the first it was made: none. */
const RECORD_START = 2;

/**
 * The body of a Produce request of version 3 to 7, without compression or transaction, byte for byte as kafkajs makes it of several
 * buffers a message: here all of it is one. `now`: milliseconds since the epoch. `crc32c` is unsigned.
 */
export function encodeProduced(produced: Produced, now: number, crc32c: (bytes: Buffer) => number): Buffer {
  const topics = produced.topicData.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map((each) => ({ ...each, ...measured(each.messages) })),
  }));
  let size = 2 + 2 + 4 + 4;
  for (const { topic, partitions } of topics) {
    size += 2 + Buffer.byteLength(topic) + 4;
    for (const { bytes } of partitions) size += 8 + BATCH_HEADER + bytes;
  }
  const to = new Writer(Buffer.allocUnsafe(size));
  to.int16(-1).int16(produced.acks).int32(produced.timeout).int32(topics.length);
  for (const { topic, partitions } of topics) {
    to.int16(Buffer.byteLength(topic)).text(topic).int32(partitions.length);
    for (const { partition, firstSequence, records, bytes } of partitions) {
      to.int32(partition).int32(BATCH_HEADER + bytes);
      const start = to.at;
      to.int64(0n)
        .int32(BATCH_HEADER - BEFORE_LENGTH_COUNTS + bytes)
        .int32(0)
        .int8(MAGIC)
        .int32(0);
      to.int16(0).int32(records.length - 1);
      to.int64(BigInt(now)).int64(BigInt(now));
      to.int64(BigInt(produced.producerId.toString())).int16(produced.producerEpoch).int32(firstSequence);
      to.int32(records.length);
      for (const [i, record] of records.entries()) writeRecord(to, record, i);
      const checked = to.bytes.subarray(start + BEFORE_CHECKED, to.at);
      to.bytes.writeUInt32BE(crc32c(checked), start + BEFORE_CHECKED - 4);
    }
  }
  return to.bytes;
}

interface MeasuredRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: [Buffer, Buffer][];
  /** Without its length in front. */
  bytes: number;
}

function measured(messages: readonly ProducedMessage[]): { records: MeasuredRecord[]; bytes: number } {
  let bytes = 0;
  const records = messages.map((message, i) => {
    const record = {
      key: bufferOf(message.key),
      value: bufferOf(message.value),
      headers: headersOf(message),
      bytes: 0,
    };
    record.bytes = RECORD_START + sizeOfVarint(i) + sizeOf(record.key) + sizeOf(record.value);
    record.bytes += sizeOfVarint(record.headers.length);
    for (const [name, value] of record.headers) record.bytes += sizeOf(name) + sizeOf(value);
    bytes += sizeOfVarint(record.bytes) + record.bytes;
    return record;
  });
  return { records, bytes };
}

function writeRecord(to: Writer, { key, value, headers, bytes }: MeasuredRecord, offsetDelta: number): void {
  to.varint(bytes).int8(0).int8(0).varint(offsetDelta);
  to.withLength(key).withLength(value).varint(headers.length);
  for (const [name, text] of headers) to.withLength(name).withLength(text);
}

const NO_HEADERS: [Buffer, Buffer][] = [];

function headersOf({ headers }: ProducedMessage): [Buffer, Buffer][] {
  if (!headers) return NO_HEADERS;
  return Object.entries(headers).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
}

function bufferOf(value: Buffer | string | null | undefined): Buffer | null {
  return typeof value === 'string' ? Buffer.from(value) : (value ?? null);
}

function sizeOf(bytes: Buffer | null): number {
  return bytes === null ? sizeOfVarint(-1) : sizeOfVarint(bytes.length) + bytes.length;
}

/** Zigzag, so that small negative numbers are short, too. */
const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

function sizeOfVarint(value: number): number {
  let size = 1;
  for (let rest = zigzag(value) >>> 7; rest !== 0; rest >>>= 7) size += 1;
  return size;
}

class Writer {
  at = 0;

  constructor(readonly bytes: Buffer) {}

  int8(value: number): this {
    this.at = this.bytes.writeInt8(value, this.at);
    return this;
  }

  int16(value: number): this {
    this.at = this.bytes.writeInt16BE(value, this.at);
    return this;
  }

  int32(value: number): this {
    this.at = this.bytes.writeInt32BE(value, this.at);
    return this;
  }

  int64(value: bigint): this {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
    return this;
  }

  text(value: string): this {
    this.at += this.bytes.write(value, this.at);
    return this;
  }

  varint(value: number): this {
    let rest = zigzag(value) >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.at++] = (rest & 0x7f) | 0x80;
    this.bytes[this.at++] = rest;
    return this;
  }

  withLength(value: Buffer | null): this {
    if (value === null) return this.varint(-1);
    this.varint(value.length);
    this.at += value.copy(this.bytes, this.at);
    return this;
  }
}
