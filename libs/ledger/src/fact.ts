import type { Encoder } from '@gdtx/contracts/encoded';
import type { Day } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import type { Role } from '@gdtx/service-kit/tokens';
import type { z } from 'zod';
import type { Refusal } from './refusal.js';

/** The codec that ts-proto generates for a message. */
export interface MessageCodec<Data> extends Encoder<Data> {
  decode(bytes: Uint8Array): Data;
  fromPartial(partial: never): Data;
}

/** A fact that has the right form, as a decision sees it. */
export interface Fact<Data = unknown> {
  /** The publisher's id, unique per service. */
  id: string;
  /** vn.gdtx.<service>.<Name>.v1 */
  type: string;
  /** The unit in whose name it is said: the envelope's `source` without `urn:gdtx:unit:`. */
  source: string;
  /** As sent; '' when there is none. */
  time: string;
  /** The protobuf message of the fact, absent fields at their defaults. */
  data: Data;
}

/** The state documents that a decision reads, by key. A key is `<room>:<id>`, e.g. `class:gdtx-son-la/k12-2024a`. */
export interface States {
  get<State>(key: string): State | undefined;
}

/** What a decision may look at besides state; values only, so that deciding is pure. */
export interface Context {
  /** Today in Viet Nam. */
  today: Day;
  /** Units and their lineage, as this service knows them now. */
  registry: Registry;
  /** The last seq of a ledger that the fact names or goes into; 0 where there is none. */
  headOf(unit: string): number;
}

/** What a fact type is to the outside: what `Describe` says of it. */
export interface FactForm<Data> {
  /** LearnersEnrolled */
  name: string;
  title: { vi: string; en: string };
  description: string;
  /** The ledger it goes into: the registry's, the source's, or that of the unit named in a field of the data. */
  ledger: 'vn' | 'source' | `data.${string}` | 'decided';
  roles: readonly Role[];
  message: MessageCodec<Data>;
  /** Checks the JSON as sent, with sentences for people, and gives the protobuf message's fields. */
  schema: z.ZodType;
  /** A valid fact: its source and data as JSON. */
  example: { source: string; data: unknown };
}

/** A fact type with its decision. Every function is pure. */
export interface FactRule<Data = unknown> extends FactForm<Data> {
  /**
   * Keys of every state document that the decision reads or that the fact changes. One of the form `<room>:<unit>/<rest>` stands under that
   * unit: only facts that go into its ledger may have it.
   */
  keys(fact: Fact<Data>): string[];
  /** Units besides the source and the ledger's unit that the caller must have the right to write to. */
  writes?(fact: Fact<Data>, states: States): string[];
  /** Of ledger `decided`: whose ledger it goes into, once the states are known. */
  ledgerOf?(fact: Fact<Data>, states: States): string | undefined;
  /** A refusal, or nothing: accepted. */
  decide(fact: Fact<Data>, states: States, context: Context): Refusal | undefined;
  /** The new values of the state documents that the accepted fact changes: plain JSON. */
  evolve(fact: Fact<Data>, states: States): Record<string, unknown>;
}

/** What an owning service is made of, for the ledger. */
export interface LedgerDomain {
  /** programmes, community-learning … */
  service: string;
  rules: FactRule<never>[];
}

export const REGISTRY_LEDGER = 'vn';

/** vn.gdtx.programmes.LearnersEnrolled.v1 */
export function typeOf(service: string, name: string): string {
  return `vn.gdtx.${service}.${name}.v1`;
}

const TYPE = /^vn\.gdtx\.([a-z][a-z-]*)\.([A-Z][A-Za-z]*)\.v(\d+)$/;

/** The service, name and version that a fact type names. */
export function parseType(type: string): { service: string; name: string; version: number } | undefined {
  const match = TYPE.exec(type);
  return match ? { service: match[1]!, name: match[2]!, version: Number(match[3]) } : undefined;
}

export const SOURCE_PREFIX = 'urn:gdtx:unit:';
