/** What stands in a service's MongoDB. Buffers are BSON binaries. */

/** An entry is written once and never changed. */
export interface EntryDocument {
  /** The publisher's id of the fact: unique in the service. */
  _id: string;
  unit: string;
  seq: number;
  type: string;
  source: string;
  time: string;
  /** Milliseconds since the epoch. */
  recordedAt: number;
  /**
   * Its place among all that was decided on the same states or is in the same ledger, whatever clocks say. A fact that takes
   * the place of a withdrawn one has the place of that one.
   */
  order: number;
  by: string;
  /** The fact's protobuf message. */
  data: Buffer;
  /** The RFC 8785 JSON that the hash is over. */
  canonical: Buffer;
  hash: Buffer;
  previousHash: Buffer;
  /** sha256 of type, source and data as sent: the same id with another content is refused. */
  content: Buffer;
  /** The states that it was decided on. */
  keys: string[];
  /** W3C trace context of the request that recorded it, where that is traced. No part of what is hashed. */
  traceparent?: string | undefined;
}

export interface HeadDocument {
  /** The unit. */
  _id: string;
  seq: number;
  hash: Buffer;
  recordedAt: number;
  /** The last entry's place, or that of a withdrawal from another ledger which was decided on this one. */
  order: number;
  /** The seq up to which the relay has published; what is behind it may be published too. */
  published: number;
  /** There while something may wait to be published; the relay's index is over it. */
  pending?: true;
}

export interface StateDocument {
  /** The key. */
  _id: string;
  /**
   * Grows with every decision on it, also with those that only read it, so that contradicting ones collide. Of what stands under a ledger's
   * unit (`<room>:<unit>/<rest>`), with those that change it: only facts of that ledger are decided on it, and these collide at its head.
   */
  version: number;
  /** The place of the last entry that was decided on it. */
  order: number;
  /** The ledgers that hold entries decided on it. */
  ledgers: string[];
  state: unknown;
}

/** Who relays, and how far it is. */
export interface LeaseDocument {
  _id: 'relay';
  holder: string;
  /** By the clock of MongoDB. */
  until: Date;
  /** Everything recorded until then (milliseconds) is published, or will be before it is said so. Never sinks. */
  floor?: number;
  /** The ends of the topic's partitions when that was last said. What lies behind them in Kafka is younger than this. */
  ends?: string[];
}
