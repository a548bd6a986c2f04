import type { Request, RequestHandler, Response } from 'express';
import { malformed, tooLarge, tryAgain } from '@gdtx/service-kit/problem';
import { bearer } from '@gdtx/service-kit/tokens';
import { MAX_BATCH } from '../limits.js';
import { failureProblem } from '../owners/call-failure.js';
import type { Room } from '../owners/room.js';
import { announcedBytes, formOf, readText, type Form } from './body.js';
import { openEnvelope, type Opened } from './envelope.js';
import type { RecordedFacts, RecordFacts } from './recorder.js';
import { repeatedNames } from './repeated-names.js';
import { sumsOf } from './results.js';
import { streamFacts } from './facts-stream.js';

export interface IntakeOptions {
  record: RecordFacts;
  /** What bodies that are held whole may take together. */
  bodies: Room;
  /** How many streams there may be at once. */
  streams: Room;
  /** How long a stream waits for room on the way to an owner. */
  streamPatienceMs: number;
}

/** `POST /v1/facts` in its three forms. */
export function factsIntake(options: IntakeOptions): RequestHandler {
  return async (req, res) => {
    const form = formOf(req);
    const token = bearer(req.headers.authorization)!;
    const leave = form === 'lines' ? options.streams.tryEnter(0) : options.bodies.tryEnter(announcedBytes(req));
    if (!leave) throw tryAgain('More is being sent than can be taken at once: send this again in a moment.', 1);
    try {
      if (form === 'lines') {
        await streamFacts(req, res, (opened) => options.record(opened, token, options.streamPatienceMs));
      } else {
        const opened = await openBody(req, res, form);
        answer(res, await options.record(opened, token, 0));
      }
    } finally {
      leave();
    }
  };
}

async function openBody(req: Request, res: Response, form: Form): Promise<Opened[]> {
  const text = await readText(req, res);
  const sent = parse(text);
  if (Array.isArray(sent)) {
    if (form === 'one') throw malformed('`application/cloudevents+json` is one fact; this is an array.');
    if (sent.length > MAX_BATCH) {
      throw tooLarge(`An array may have ${MAX_BATCH} facts; this one has ${sent.length}. NDJSON has no such limit.`);
    }
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`The body isn't JSON: ${(error as Error).message}.`);
  }
}

function answer(res: Response, { results, failures }: RecordedFacts): void {
  const first = failures.get(0);
  if (first && failures.size === results.length && sameKind(failures)) throw failureProblem(first);
  if (results.length > 0 && results.every((result) => result.refusal?.slug === 'try-again')) {
    throw tryAgain(results[0]!.refusal!.message);
  }
  const sums = sumsOf(results);
  res.status(sums.refused > 0 ? 207 : 200).json({ results, ...sums });
}

function sameKind(failures: RecordedFacts['failures']): boolean {
  return new Set([...failures.values()].map((failure) => failure.refusal.slug)).size === 1;
}
