import type { z } from 'zod';
import { canonicalJson } from './canonical-json.js';
import { SOURCE_PREFIX, type Fact, type FactRule } from './fact.js';
import { refuse, type Refusal } from './refusal.js';

/** A CloudEvent as it came over gRPC: attributes, and the data's JSON text. */
export interface SentFact {
  id: string;
  source: string;
  type: string;
  time: string;
  data: Uint8Array;
}

/** A fact of the right form, with the JSON that was sent. */
export interface ParsedFact {
  fact: Fact;
  rule: FactRule<never>;
  /** The data as sent. */
  json: unknown;
  /** What must be equal for the same id to be the same fact: RFC 8785 JSON of type, source and data. */
  content: string;
}

export type Parsed = { ok: true; parsed: ParsedFact } | { ok: false; refusal: Refusal };

const MAX_DEPTH = 12;
const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/;
// As RFC 3339 has it.
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Checks a fact's form. Nothing of it is trusted before. */
export function parseFact(sent: SentFact, rules: ReadonlyMap<string, FactRule<never>>): Parsed {
  const no = (slug: string, message: string, path: string): Parsed => ({
    ok: false,
    refusal: refuse(slug, message, path),
  });
  if (!sent.id || sent.id.length > 200) return no('malformed', 'A fact needs an `id` of 1 to 200 characters.', 'id');
  const rule = rules.get(sent.type);
  if (!rule) return no('type-unknown', `There is no fact type \`${sent.type.slice(0, 200)}\`.`, 'type');
  const source = sent.source.startsWith(SOURCE_PREFIX) ? sent.source.slice(SOURCE_PREFIX.length) : '';
  if (!SLUG.test(source)) return no('malformed', `\`source\` must be ${SOURCE_PREFIX}<unit>.`, 'source');
  if (sent.time && !(TIME.test(sent.time) && !Number.isNaN(Date.parse(sent.time)))) {
    return no('malformed', '`time` must be a moment as in RFC 3339: 2024-09-05T01:00:00Z.', 'time');
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(sent.data).toString('utf8'));
  } catch (error) {
    return no('malformed', `\`data\` isn't JSON: ${(error as Error).message}.`, 'data');
  }
  const forbidden = forbiddenPath(json, 'data', 0);
  if (forbidden) return no('malformed', forbidden.message, forbidden.path);
  const checked = rule.schema.safeParse(json);
  if (!checked.success) return { ok: false, refusal: formRefusal(checked.error) };
  const data = rule.message.fromPartial(checked.data as never);
  const fact: Fact = { id: sent.id, type: sent.type, source, time: sent.time, data };
  const content = canonicalJson({ type: sent.type, source: sent.source, data: json });
  return { ok: true, parsed: { fact, rule, json, content } };
}

function formRefusal(error: z.ZodError): Refusal {
  const issue = deepest(error.issues[0]!);
  const path = ['data', ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    return refuse('malformed', `There is no field \`${key}\` here.`, [...path, key].join('.'));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const field = path.at(-1)!;
  const sentence = missing ? `\`${field}\` is missing or of another type` : `\`${field}\` ${issue.message}`;
  return refuse('malformed', `${sentence}.`, path.join('.'));
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

/** Keys that have a meaning to JavaScript or MongoDB are no fields of any fact. */
function forbiddenPath(value: unknown, path: string, depth: number): { path: string; message: string } | undefined {
  if (depth > MAX_DEPTH) return { path, message: 'This is nested too deeply.' };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}.${key.slice(0, 80)}`;
    if (key === '__proto__' || key === 'constructor' || key === 'prototype' || key.startsWith('$')) {
      return { path: at, message: `\`${key.slice(0, 80)}\` is no field of a fact.` };
    }
    const found = forbiddenPath(inner, at, depth + 1);
    if (found) return found;
  }
  return undefined;
}
