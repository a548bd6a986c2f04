import type { Request, Response } from 'express';
import { malformed, tooLarge } from '@gdtx/service-kit/problem';
import { MAX_BATCH } from '../limits.js';
import { readText, type Form } from './body.js';
import { openEnvelope, type Opened } from './envelope.js';
import { repeatedNames } from './repeated-names.js';

/**
 * The facts of a body that is held whole: one, an array, or a line each. What is wrong with an envelope is a refusal among
 * others, and a problem where it was sent alone.
 */
export async function openBody(req: Request, res: Response, form: Form): Promise<Opened[]> {
  const text = await readText(req, res);
  if (form === 'lines') return openLines(text);
  const sent = parse(text);
  if (Array.isArray(sent)) {
    if (form === 'one') throw malformed('`application/cloudevents+json` is one fact; this is an array.');
    demandFew(sent.length);
    const repeated = repeatedNames(text);
    return sent.map((one, i) => openEnvelope(one, repeated.get(i)));
  }
  if (form === 'batch') throw malformed('`application/cloudevents-batch+json` is an array of facts.');
  const opened = openEnvelope(sent, repeatedNames(text).get(0));
  if (!opened.ok) {
    const { slug, message, path } = opened.refusal;
    if (slug === 'malformed') throw malformed(message, path);
    if (slug === 'too-large') throw tooLarge(message);
  }
  return [opened];
}

function openLines(text: string): Opened[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  demandFew(lines.length);
  return lines.map((line) => openEnvelope(parse(line), repeatedNames(line).get(0)));
}

function demandFew(facts: number): void {
  if (facts <= MAX_BATCH) return;
  throw tooLarge(
    `At most ${MAX_BATCH} facts are held whole; these are ${facts}. As NDJSON, /v1/facts has no such limit.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`The body isn't JSON: ${(error as Error).message}.`);
  }
}
