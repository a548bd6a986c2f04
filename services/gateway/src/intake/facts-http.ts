import type { RequestHandler, Response } from 'express';
import { tryAgain } from '@gdtx/service-kit/problem';
import { bearer } from '@gdtx/service-kit/tokens';
import { failureProblem } from '../owners/call-failure.js';
import type { Room } from '../owners/room.js';
import { announcedBytes, formOf } from './body.js';
import { openBody } from './open-body.js';
import type { RecordedFacts, RecordFacts } from './recorder.js';
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

function answer(res: Response, { results, failures }: RecordedFacts): void {
  const first = failures.get(0);
  if (first && failures.size === results.length && sameKind(failures)) throw failureProblem(first);
  if (results.length > 0 && results.every((result) => result.refusal?.slug === 'try-again')) {
    throw tryAgain(results[0]!.refusal!.message);
  }
  const sums = sumsOf(results);
  const text = JSON.stringify({ results, ...sums });
  // Not `res.json`, which works out an ETag as well: nobody asks whether the answer to a POST is still the same.
  const head = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  res.writeHead(sums.refused > 0 ? 207 : 200, head).end(text);
}

function sameKind(failures: RecordedFacts['failures']): boolean {
  return new Set([...failures.values()].map((failure) => failure.refusal.slug)).size === 1;
}
