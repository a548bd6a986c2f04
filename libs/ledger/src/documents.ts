import type { mongo } from 'mongoose';

type Binary = mongo.Binary;

/** What stands in a service's MongoDB. An entry is written once and never changed. */
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
  /** Sorts the entries of all ledgers by when they were decided. */
  order: number;
  by: string;
  /** The fact's protobuf message. */
  data: Binary;
  /** The RFC 8785 JSON that the hash is over. */
  canonical: Binary;
  hash: Binary;
  previousHash: Binary;
  /** sha256 of type, source and data as sent: the same id with another content is refused. */
  content: Binary;
  /** The states that it was decided on. */
  keys: string[];
}

export interface HeadDocument {
  /** The unit. */
  _id: string;
  seq: number;
  hash: Binary;
  recordedAt: number;
  /** The seq up to which the relay has published. */
  published: number;
  /** There while something waits to be published; the relay's index is over it. */
  pending?: true;
}

export interface StateDocument {
  /** The key. */
  _id: string;
  /** Grows with every decision on it, also with those that only read it, so that contradicting ones collide. */
  version: number;
  /** The ledgers that hold entries decided on it. */
  ledgers: string[];
  state: unknown;
}
