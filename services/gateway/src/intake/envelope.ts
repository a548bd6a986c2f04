import type { Fact, Refusal } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { isOwner, type Owner } from '@gdtx/service-kit/services';
import { MAX_FACT_BYTES } from '../limits.js';

/** A fact whose envelope is right, and the service that its type belongs to. */
export interface OpenedFact {
  ok: true;
  fact: Fact;
  owner: Owner;
}

/** A fact that the gateway refuses by its envelope alone; `id` is null where none can be read. */
export interface RefusedFact {
  ok: false;
  id: string | null;
  refusal: Refusal;
}

export type Opened = OpenedFact | RefusedFact;

const ATTRIBUTES = new Set(['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data']);
/** CloudEvents' tracing extension says nothing about the fact, so it may be there; any other would be lost in silence. */
const TRACING = new Set(['traceparent', 'tracestate']);
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper than any fact's form, and far from what would overflow the stack. */
export const MAX_DEPTH = 64;
// A lone surrogate has no UTF-8, and a control character no place in a name.
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;
const TYPE = /^vn\.gdtx\.([a-z][a-z-]*)\./;

/** Opens a CloudEvent's envelope; its data goes on as it came. `repeated`: a name that it has twice, by its path. Pure. */
export function openEnvelope(value: unknown, repeated?: string): Opened {
  if (!isObject(value)) return refused(null, 'malformed', 'A fact is a JSON object, a CloudEvent.', '');
  const id = isText(value['id'], 200) ? value['id'] : null;
  const no = (slug: string, message: string, path: string) => refused(id, slug, message, path);

  const unknown = Object.keys(value).find((key) => !isKnown(key, value[key]));
  if (unknown !== undefined) return no('malformed', unknownAttribute(unknown), unknown.slice(0, 200));
  if (repeated !== undefined) return no('malformed', 'This stands here twice: which is meant isn’t clear.', repeated);
  if (value['specversion'] !== '1.0') return no('malformed', '`specversion` must be "1.0".', 'specversion');
  if (id === null) return no('malformed', 'A fact needs an `id` of 1 to 200 characters.', 'id');
  const { source, type, time, datacontenttype, data } = value;
  if (!isText(source, 200)) return no('malformed', '`source` must be urn:gdtx:unit:<unit>.', 'source');
  if (!isText(type, 200)) return no('malformed', '`type` must name a fact type.', 'type');
  if (!isAbsent(time) && !isText(time, 64)) {
    return no('malformed', '`time` must be a moment as in RFC 3339: 2024-09-05T01:00:00Z.', 'time');
  }
  if (!isAbsent(datacontenttype) && datacontenttype !== 'application/json') {
    return no('malformed', '`datacontenttype` must be application/json, or be left out.', 'datacontenttype');
  }
  if (!isObject(data)) return no('malformed', '`data` must be a JSON object.', 'data');
  const unsendable = unsendablePath(data, 'data', 0);
  if (unsendable) return no('malformed', unsendable.message, unsendable.path);

  const owner = TYPE.exec(type)?.[1] ?? '';
  if (!isOwner(owner)) return no('type-unknown', `There is no fact type \`${type}\`.`, 'type');
  const bytes = Buffer.from(JSON.stringify(data));
  if (bytes.length > MAX_FACT_BYTES) {
    return no('too-large', `The data of one fact may have ${MAX_FACT_BYTES} bytes; these are ${bytes.length}.`, 'data');
  }
  return { ok: true, owner, fact: { id, source, type, time: isAbsent(time) ? '' : (time as string), data: bytes } };
}

/** A refusal of what isn't even an envelope. */
export function refused(id: string | null, slug: string, message: string, path: string): RefusedFact {
  return { ok: false, id, refusal: { slug, message, path, retryable: false } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most && !UNPRINTABLE.test(value);
}

/** CloudEvents: an attribute that is null is the same as one that isn't there. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isKnown(key: string, value: unknown): boolean {
  if (FORBIDDEN.has(key)) return false;
  return ATTRIBUTES.has(key) || isAbsent(value) || (TRACING.has(key) && typeof value === 'string');
}

function unknownAttribute(key: string): string {
  if (TRACING.has(key)) return `\`${key}\` must be a string.`;
  if (key === 'data_base64') return 'The data of a fact is JSON, in `data`; there is no `data_base64`.';
  const known = [...ATTRIBUTES].join(', ');
  return `There is no attribute \`${key.slice(0, 80)}\` in a fact's envelope; there are: ${known}.`;
}

/** What JSON.parse takes and JSON.stringify can't give back as it was: endless nesting, and 1e400, which became Infinity. */
function unsendablePath(value: unknown, path: string, depth: number): { path: string; message: string } | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, message: 'This number is too large.' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { path, message: 'This is nested too deeply.' };
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner !== 'object' && typeof inner !== 'number') continue;
    const found = unsendablePath(inner, `${path}.${key.slice(0, 80)}`, depth + 1);
    if (found) return found;
  }
  return undefined;
}
