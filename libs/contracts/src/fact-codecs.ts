import * as centres from './gen/gdtx/centres/v1/facts.js';
import * as communityLearning from './gen/gdtx/community_learning/v1/facts.js';
import * as inspections from './gen/gdtx/inspections/v1/facts.js';
import * as ledger from './gen/gdtx/ledger/v1/ledger.js';
import * as programmes from './gen/gdtx/programmes/v1/facts.js';
import * as provinces from './gen/gdtx/provinces/v1/facts.js';

/** Turns the bytes of `Entry.data` into the message of its type, and back. */
export interface FactCodec {
  decode(bytes: Uint8Array): unknown;
  encode(message: never): { finish(): Uint8Array };
}

const COMMON = ['EntryWithdrawn', 'PeriodClosed', 'PeriodApproved', 'PeriodReopened', 'ConflictSettled'] as const;

const MODULES: Record<string, Record<string, unknown>> = {
  provinces,
  centres,
  programmes,
  'community-learning': communityLearning,
  inspections,
};

const known = new Map<string, FactCodec | undefined>();

/** The codec of `vn.gdtx.<service>.<Name>.v1`; undefined for a type that these contracts don't know. */
export function codecOf(type: string): FactCodec | undefined {
  if (!known.has(type)) known.set(type, find(type));
  return known.get(type);
}

function find(type: string): FactCodec | undefined {
  const [, service, name] = /^vn\.gdtx\.([a-z-]+)\.([A-Za-z]+)\.v1$/.exec(type) ?? [];
  const module = service ? MODULES[service] : undefined;
  if (!module || !name) return undefined;
  const codec = (COMMON as readonly string[]).includes(name) ? (ledger as Record<string, unknown>)[name] : module[name];
  return isCodec(codec) ? codec : undefined;
}

function isCodec(value: unknown): value is FactCodec {
  return typeof (value as FactCodec | undefined)?.decode === 'function';
}
