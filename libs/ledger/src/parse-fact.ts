import { isUtf8 } from 'node:buffer';
import { isRealDay } from '@gdtx/territory/days';
import type { z } from 'zod';
import { canonicalJson } from './canonical-json.js';
import { SOURCE_PREFIX, type Fact, type FactRule } from './fact.js';
import { hostileIn, shownName } from './hostile-json.js';
import { sha256 } from './hashes.js';
import { refuse, type Refusal } from './refusal.js';

/** A CloudEvent as it came over gRPC: attributes, and the data's JSON text. */
export interface SentFact {
  id: string;
  source: string;
  type: string;
  time: string;
  data: Uint8Array;
}

/** A fact of the right form. Thousands of them may wait: what can be worked out again isn't kept. */
export interface ParsedFact {
  fact: Fact;
  rule: FactRule<never>;
  /** The data as sent, as RFC 8785 JSON. */
  canonical: string;
  /** sha256 of the RFC 8785 JSON of type, source and data: equal for the same id where it is the same fact. */
  content: Buffer;
  /** The state documents that it is decided on. */
  keys: string[];
}

export type Parsed = { ok: true; parsed: ParsedFact } | { ok: false; refusal: Refusal };

/**
 * Bytes of data, as JSON. A withdrawal carries the fact that it takes back and the one that takes its place, and must still
 * fit into one message of Kafka.
 */
const MAX_DATA = 256 * 1024;
const MAX_WITHDRAWAL = MAX_DATA + 8 * 1024;
const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/;
// As RFC 3339 has it.
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** JavaScript takes the 30th of February for the 1st of March: the day must stand in the calendar. */
function isMoment(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text)) && isRealDay(text.slice(0, 10));
}

/** Checks a fact's form. Nothing of it is trusted before. */
export function parseFact(sent: SentFact, rules: ReadonlyMap<string, FactRule<never>>): Parsed {
  if (!sent.id || sent.id.length > 200) return no('malformed', 'A fact needs an `id` of 1 to 200 characters.', 'id');
  if (!sent.id.isWellFormed()) return no('malformed', 'The `id` holds half of a character.', 'id');
  const rule = rules.get(sent.type);
  if (!rule) return no('type-unknown', `There is no fact type \`${sent.type.slice(0, 200)}\`.`, 'type');
  const source = sent.source.startsWith(SOURCE_PREFIX) ? sent.source.slice(SOURCE_PREFIX.length) : '';
  if (!SLUG.test(source)) return no('malformed', `\`source\` must be ${SOURCE_PREFIX}<unit>.`, 'source');
  if (sent.time && !isMoment(sent.time)) {
    return no('malformed', '`time` must be a moment as in RFC 3339: 2024-09-05T01:00:00Z.', 'time');
  }
  const most = rule.name === 'EntryWithdrawn' ? MAX_WITHDRAWAL : MAX_DATA;
  if (sent.data.length > most) {
    return no('too-large', `\`data\` has ${sent.data.length} bytes; a fact has at most ${most}.`, 'data');
  }
  if (!isUtf8(sent.data)) return no('malformed', "`data` isn't UTF-8.", 'data');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(sent.data.buffer, sent.data.byteOffset, sent.data.length).toString('utf8'));
  } catch (error) {
    return no('malformed', `\`data\` isn't JSON: ${(error as Error).message.slice(0, 200).toWellFormed()}.`, 'data');
  }
  const hostile = hostileIn(json, 'data');
  if (hostile) return no('malformed', hostile.message, hostile.path);
  const checked = rule.schema.safeParse(json);
  if (!checked.success) return { ok: false, refusal: formRefusal(checked.error, json) };
  const data = rule.message.fromPartial(checked.data as never);
  const fact: Fact = { id: sent.id, type: sent.type, source, time: sent.time, data };
  const keys = (rule as unknown as FactRule).keys(fact);
  const { canonical, content } = hashed(fact, canonicalJson(json));
  return { ok: true, parsed: { fact, rule, canonical, content, keys } };
}

function no(slug: string, message: string, path: string): Parsed {
  return { ok: false, refusal: refuse(slug, message, path) };
}

const BEFORE_DATA = '{"data":';

/**
 * Of `{data, source, type}`, whose names stand in the order of RFC 8785 already. The data is cut out again: a text that was put together
 * of pieces stays all of them until somebody reads it, some times as much to keep.
 */
function hashed({ source, type }: Fact, data: string): Pick<ParsedFact, 'canonical' | 'content'> {
  const text = `${BEFORE_DATA}${data},"source":"${SOURCE_PREFIX}${source}","type":"${type}"}`;
  return { content: sha256(text), canonical: text.slice(BEFORE_DATA.length, BEFORE_DATA.length + data.length) };
}

function formRefusal(error: z.ZodError, json: unknown): Refusal {
  const issue = deepest(error.issues[0]!);
  const path = ['data', ...issue.path.map((part) => shownName(String(part)))];
  if (issue.code === 'unrecognized_keys') {
    const key = shownName(issue.keys[0]!);
    return refuse('malformed', `There is no field \`${key}\` here.`, [...path, key].join('.'));
  }
  const field = path.at(-1)!;
  return refuse('malformed', `\`${field}\` ${complaint(issue, valueAt(json, issue.path))}.`, path.join('.'));
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function complaint(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  // A form's own sentences say what must be; zod's begin like this.
  const { expected } = issue as { expected?: string };
  return issue.message.startsWith('Invalid input')
    ? `must be ${KINDS[expected ?? ''] ?? 'of another form'}`
    : issue.message;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], json);
}

/** Of a union's issue, the one that says most: the branch that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap((branch) => branch.slice(0, 1))
    .filter((i) => i.path.length > 0 || i.code === 'unrecognized_keys')
    .map((i) => ({ ...i, path: [...issue.path, ...i.path] }) as z.core.$ZodIssue);
  return inner[0] ? deepest(inner[0]) : issue;
}
