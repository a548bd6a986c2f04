/** Requests and answers of Kafka as they are on the wire, as far as a proxy has to know them. */
export const PRODUCE = 0;
export const METADATA = 3;
export const FIND_COORDINATOR = 10;
export const JOIN_GROUP = 11;
export const HEARTBEAT = 12;
export const NOT_LEADER_OR_FOLLOWER = 6;

/** Cuts a stream into frames: four bytes of length, then the content; a frame is given with its length. */
export function frames(take: (frame: Buffer) => void): (data: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  return (data) => {
    pieces.push(data);
    size += data.length;
    if (size < 4) return;
    let rest = pieces.length === 1 ? data : Buffer.concat(pieces, size);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    pieces = [rest];
    size = rest.length;
  };
}

/** Reads the types of Kafka's protocol one after the other. */
export class FrameReader {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  int16(): number {
    return this.bytes.readInt16BE((this.at += 2) - 2);
  }
  int32(): number {
    return this.bytes.readInt32BE((this.at += 4) - 4);
  }
  skip(count: number): this {
    this.at += count;
    return this;
  }
  string(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    return this.bytes.toString('utf8', this.at, (this.at += length));
  }
  /** Bytes with their length before them. */
  data(): Buffer {
    const length = Math.max(0, this.int32());
    return this.bytes.subarray(this.at, (this.at += length));
  }
  list<T>(item: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }
}

export interface Request {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  /** Where its content begins, for {@link FrameReader}. */
  content: number;
  frame: Buffer;
}

export function readRequest(frame: Buffer): Request {
  const reader = new FrameReader(frame, 4);
  const [apiKey, apiVersion, correlationId] = [reader.int16(), reader.int16(), reader.int32()];
  reader.string();
  return { apiKey, apiVersion, correlationId, content: reader.at, frame };
}

export interface ProducedPartition {
  topic: string;
  partition: number;
  records: Buffer;
}

/** What a Produce of version 3 to 8 wants to have appended. */
export function readProduce({ frame, content, apiVersion }: Request): ProducedPartition[] {
  if (apiVersion < 3 || apiVersion > 8) throw new Error(`no Produce of version ${apiVersion} can be read here`);
  const reader = new FrameReader(frame, content);
  reader.string();
  reader.skip(2 + 4);
  return reader
    .list(() => {
      const topic = reader.string() ?? '';
      return reader.list(() => ({ topic, partition: reader.int32(), records: reader.data() }));
    })
    .flat();
}

/** The same Produce with these partitions alone. */
export function withOnly(request: Request, wanted: readonly ProducedPartition[]): Buffer {
  const reader = new FrameReader(request.frame, request.content);
  reader.string();
  const head = request.frame.subarray(4, reader.at + 2 + 4);
  const topics = byTopic(wanted).map(([topic, partitions]) =>
    Buffer.concat([
      text(topic),
      int32(partitions.length),
      ...partitions.flatMap(({ partition, records }) => [int32(partition), int32(records.length), records]),
    ]),
  );
  return framed([head, int32(topics.length), ...topics]);
}

export interface ProducedAnswer {
  topic: string;
  partition: number;
  errorCode: number;
  /** What stands behind the error code: the base offset and so on. */
  rest: Buffer;
}

/** Of each partition: error code, base offset, time, and since version 5 the start of the log. */
const restLength = (apiVersion: number): number => 8 + 8 + (apiVersion >= 5 ? 8 : 0);

export function readProduceAnswer(frame: Buffer, apiVersion: number): ProducedAnswer[] {
  const reader = new FrameReader(frame, 8);
  return reader
    .list(() => {
      const topic = reader.string() ?? '';
      return reader.list(() => {
        const [partition, errorCode] = [reader.int32(), reader.int16()];
        const rest = frame.subarray(reader.at, reader.skip(restLength(apiVersion)).at);
        return { topic, partition, errorCode, rest };
      });
    })
    .flat();
}

export function produceAnswer(correlationId: number, answers: readonly ProducedAnswer[]): Buffer {
  const topics = byTopic(answers).map(([topic, partitions]) =>
    Buffer.concat([
      text(topic),
      int32(partitions.length),
      ...partitions.flatMap(({ partition, errorCode, rest }) => [int32(partition), int16(errorCode), rest]),
    ]),
  );
  return framed([int32(correlationId), int32(topics.length), ...topics, int32(0)]);
}

/** An answer about a partition that no broker gave: an error, or that all is well. */
export function forgedAnswer(of: ProducedPartition, apiVersion: number, errorCode: number): ProducedAnswer {
  return { topic: of.topic, partition: of.partition, errorCode, rest: Buffer.alloc(restLength(apiVersion), 0xff) };
}

/** Changes the port of every broker in an answer to Metadata (version 1 to 8) or FindCoordinator (0 to 2), in place. */
export function replacePorts({ apiKey, apiVersion }: Request, answer: Buffer, port: number): void {
  const reader = new FrameReader(answer, 8);
  if (apiKey === METADATA) {
    if (apiVersion >= 3) reader.skip(4);
    reader.list(() => {
      reader.skip(4).string();
      answer.writeInt32BE(port, reader.at);
      if (apiVersion >= 1) reader.skip(4).string();
      else reader.skip(4);
    });
  }
  if (apiKey === FIND_COORDINATOR) {
    if (apiVersion >= 1) reader.skip(4);
    const errorCode = reader.int16();
    if (apiVersion >= 1) reader.string();
    reader.skip(4).string();
    if (errorCode === 0) answer.writeInt32BE(port, reader.at);
  }
}

function byTopic<T extends { topic: string }>(partitions: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const each of partitions) topics.set(each.topic, [...(topics.get(each.topic) ?? []), each]);
  return [...topics];
}

function framed(parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([int32(content.length), content]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int16(bytes.length), bytes]);
}
