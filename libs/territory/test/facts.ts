import type { GivenDate, Name } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import type { RegistryFact } from '../src/registry.js';
import { Registry } from '../src/registry.js';

/** A date as JSON gives it: a text, or bounds. */
export type JsonDate = string | { notBefore?: string; notAfter?: string };

export const given = (date: JsonDate): GivenDate =>
  typeof date === 'string'
    ? { on: date, notBefore: '', notAfter: '' }
    : { on: '', notBefore: date.notBefore ?? '', notAfter: date.notAfter ?? '' };

export const named = (vi: string): Name => ({ vi, en: '' });

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a message of ts-proto has where JSON leaves a field out. */
const blanks: Record<string, Json> = {
  UnitEstablished: { unit: '', kind: '', officialCode: '', name: undefined, type: '', parent: '', location: undefined },
  UnitRenamed: { unit: '', name: undefined, type: '', officialCode: '' },
  UnitMoved: { unit: '', parent: '' },
  UnitsReorganised: { established: [], parts: [], moved: [] },
  UnitAbolished: { unit: '' },
  CentreEstablished: { kind: '', seat: '', address: '', authority: undefined, knownSince: '', formedFrom: [] },
  CentreRenamed: { centre: '', name: undefined, kind: '' },
  CentreKindChanged: { centre: '', name: undefined, kind: '' },
  AuthorityChanged: { centre: '' },
  CentreMoved: { centre: '', seat: '', address: '' },
  CentresReorganised: { form: '', sources: [], targets: [] },
  OperationSuspended: { centre: '', until: '' },
  OperationResumed: { centre: '' },
  CentreDissolved: { centre: '' },
  CommunityCentreEstablished: { centre: '', commune: '', name: undefined, address: '', knownSince: '' },
  CommunityCentresReorganised: { sources: [], targets: [] },
  CommunityCentreRenamed: { centre: '', name: undefined },
  CommunityCentreMoved: { centre: '', commune: '', address: '' },
  CommunityCentreSuspended: { centre: '', until: '' },
  CommunityCentreResumed: { centre: '' },
  CommunityCentreDissolved: { centre: '' },
};

const dates = new Set(['effectiveOn', 'establishedOn', 'from', 'publishedOn']);

/** The data of a fact in JSON as the protobuf message that the registry is folded from. */
export function messageOf(name: string, json: Json): Json {
  return { ...blanks[name], legalBasis: [], note: '', source: undefined, ...inside(json, name) };
}

function inside(json: Json, name: string): Json {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, converted(key, value, name)]));
}

function converted(key: string, value: unknown, name: string): unknown {
  const isDate = dates.has(key) && (key !== 'from' || name.endsWith('Suspended'));
  if (isDate) return given(value as JsonDate);
  if (key === 'name' && typeof value === 'string') return named(value);
  if (key === 'legalBasis')
    return (value as Json[]).map((basis) => ({ number: '', issuedOn: '', issuer: '', ...basis }));
  if (key === 'parts') return (value as Json[]).map((part) => ({ extent: 'whole', default: false, ...part }));
  if (key === 'targets')
    return (value as Json[]).map((target) => ({ default: false, established: undefined, ...inside(target, '') }));
  if (key === 'formedFrom') return (value as Json[]).map((each) => ({ unit: '', name: '', kind: '', ...each }));
  if (Array.isArray(value)) return value.map((each) => (isJson(each) ? inside(each, '') : each));
  return isJson(value) ? inside(value, '') : value;
}

/** Facts in the order they are told, each service with its own seq. */
export class Told {
  readonly facts: RegistryFact[] = [];
  private readonly seqs = new Map<string, number>();

  add(service: string, name: string, json: Json, recordedAt = 0): this {
    const seq = (this.seqs.get(service) ?? 0) + 1;
    this.seqs.set(service, seq);
    const data = name === 'EntryWithdrawn' ? json : messageOf(name, json);
    this.facts.push({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq, recordedAt });
    return this;
  }

  provinces(name: string, json: Json, recordedAt = 0): this {
    return this.add('provinces', name, json, recordedAt);
  }

  centres(name: string, json: Json, recordedAt = 0): this {
    return this.add('centres', name, json, recordedAt);
  }

  community(name: string, json: Json, recordedAt = 0): this {
    return this.add('community-learning', name, json, recordedAt);
  }

  registry(): Registry {
    return folded(this.facts);
  }
}

export function folded(facts: readonly RegistryFact[], recordsKept?: number): Registry {
  const registry = Registry.empty({ recordsKept });
  for (const fact of facts) registry.apply(fact);
  return registry;
}
