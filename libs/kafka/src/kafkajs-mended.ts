import type { Socket } from 'node:net';
// @ts-expect-error kafkajs has types for its front door only
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
// @ts-expect-error likewise
import Connection from 'kafkajs/src/network/connection.js';
// @ts-expect-error likewise
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
// @ts-expect-error likewise
import crc32C from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
// @ts-expect-error likewise
import protocol from 'kafkajs/src/protocol/requests/index.js';
import { decodeFetched } from './fetched.js';
import { encodeProduced, type Produced } from './produced.js';

// Four places of kafkajs 2.2.4 that are done otherwise, for every client of this process; imported for that alone.

// kafkajs looks for requests to send every millisecond on every connection, for ever, even when there are none (its time to wait
// comes out negative): 1–4 % of a core per idle connection. Requests are sent on arrival anyway; only held-back ones need the timer.
interface Queue {
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
}
const queue = (RequestQueue as { prototype: Queue }).prototype;
const scheduleCheck = queue.scheduleCheckPendingRequests;
queue.scheduleCheckPendingRequests = function (this: Queue) {
  if (this.pending.length > 0) scheduleCheck.call(this);
};

// Decoding fetched messages takes kafkajs more than folding them takes us. Where much is read at once it is done here; below that
// kafkajs does it, so that whatever hooks into its messages finds them.
interface Versioned<Made> {
  protocol(of: { version: number }): (args: never) => Made;
}
interface Requests {
  Fetch: Versioned<{ response: { decode(raw: Buffer): unknown } }>;
  Produce: Versioned<{ request: { encode(): Promise<{ buf: Buffer; buffer: Buffer }> } }>;
}
const MUCH_BYTES = 64 * 1024;
const DECODED_VERSION = 11;
const { Fetch, Produce } = (protocol as { requests: Requests }).requests;
const protocolOf = Fetch.protocol.bind(Fetch);
Fetch.protocol = ({ version }) => {
  const make = protocolOf({ version });
  if (version !== DECODED_VERSION) return make;
  return (args) => {
    const made = make(args);
    const decode = (raw: Buffer) => (raw.length > MUCH_BYTES && decodeFetched(raw)) || made.response.decode(raw);
    return { ...made, response: { ...made.response, decode } };
  };
};

// Encoding a message takes kafkajs half a dozen buffers, which cost a relay more than what goes into them: here a request is one.
// What we never send (compression, transactions, messages with a time of their own) is left to it.
const PRODUCED_VERSIONS = [3, 4, 5, 6, 7];
interface ProduceArgs extends Produced {
  compression?: number;
  transactionalId?: string | null;
}
const produceOf = Produce.protocol.bind(Produce);
Produce.protocol = ({ version }) => {
  const make = produceOf({ version });
  if (!PRODUCED_VERSIONS.includes(version)) return make;
  return (args: ProduceArgs) => {
    const made = make(args as never);
    if (args.compression || args.transactionalId || hasTimes(args)) return made;
    const encode = async () => {
      const buffer = encodeProduced(args, Date.now(), crc32C as (bytes: Buffer) => number);
      return { buf: buffer, buffer };
    };
    return { ...made, request: { ...made.request, encode } };
  };
};

function hasTimes({ topicData }: ProduceArgs): boolean {
  return topicData.some(({ partitions }) =>
    partitions.some(({ messages }) => messages.some((message) => 'timestamp' in message)),
  );
}

// kafkajs goes by the time of day to see whether a heartbeat is due. Of a clock that was put back an hour it sends none for an hour:
// its group gives the member up, and what it reads counts as stale.
interface Beating {
  /** When the last heartbeat was sent. */
  lastRequest: number;
  heartbeat(pace: { interval: number }): Promise<void>;
}
const beating = ConsumerGroup.prototype as Beating;
const { heartbeat } = beating;
beating.heartbeat = function (this: Beating, pace) {
  if (this.lastRequest > Date.now()) this.lastRequest = 0;
  return heartbeat.call(this, pace);
};

// kafkajs keeps what has come of an answer when its socket breaks, takes the first bytes of the next socket for the rest of it, and
// still listens to the former one: the process then ends of an exception that nobody can catch. A new socket begins with nothing.
interface Connecting {
  socket?: Socket;
  chunks: Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  isConnected(): boolean;
  connect(): Promise<true>;
}
const LENGTH_BYTES = 4;
const connecting = (Connection as { prototype: Connecting }).prototype;
const { connect } = connecting;
connecting.connect = function (this: Connecting) {
  if (!this.isConnected()) {
    this.socket?.removeAllListeners().on('error', () => undefined);
    this.socket?.destroy();
    this.chunks = [];
    this.bytesBuffered = 0;
    this.bytesNeeded = LENGTH_BYTES;
  }
  return connect.call(this);
};
