import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { malformed, Problem, tooLarge } from '@gdtx/service-kit/problem';
import { BODY_IDLE_MS, MAX_BODY_BYTES } from '../limits.js';
import { GrowingBytes } from './growing-bytes.js';

/** How facts are sent: one or an array, one only, an array only, or a line each. */
export type Form = 'any' | 'one' | 'batch' | 'lines';

const FORMS: Record<string, Form> = {
  'application/json': 'any',
  'application/cloudevents+json': 'one',
  'application/cloudevents-batch+json': 'batch',
  'application/x-ndjson': 'lines',
};

/** The form that the content type names; 415 for any other, and for a text or a compression that isn't taken. */
export function formOf(req: Request): Form {
  const [name = '', ...parameters] = (req.headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const form = Object.hasOwn(FORMS, name.toLowerCase()) ? FORMS[name.toLowerCase()] : undefined;
  if (!form)
    throw unsupported(`Facts are sent as ${Object.keys(FORMS).join(', ')}; this is ${name || 'none of them'}.`);
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (charset && !/^charset="?utf-8"?$/i.test(charset)) throw unsupported(`Facts are sent in UTF-8, not ${charset}.`);
  const encoding = encodingOf(req);
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw unsupported(`A body may be compressed with gzip, not with ${encoding}.`);
  }
  return form;
}

/** The bytes that a call will hold at most; 413 if it says itself that they are too many. */
export function announcedBytes(req: Request): number {
  const announced = Number(req.headers['content-length'] ?? NaN);
  if (announced > MAX_BODY_BYTES) throw moreThanABody(`${announced} bytes`);
  return Number.isNaN(announced) || encodingOf(req) === 'gzip' ? MAX_BODY_BYTES : announced;
}

/** The body as its sender wrote it, inflated where it is compressed. Only now is the sender told to go on with it. */
export function bodyOf(req: Request, res: Response, idleMs: number): Readable {
  if (/^100-continue$/i.test(req.headers.expect ?? '')) res.writeContinue();
  // Without a listener the server ends a connection on which nothing has moved for so long.
  req.setTimeout(idleMs);
  if (encodingOf(req) === 'identity') return req;
  const gunzip = createGunzip();
  req.once('close', () => {
    if (!req.complete) gunzip.destroy(new Error('The connection broke.'));
  });
  return req.pipe(gunzip);
}

/** The whole text of a body, of at most 8 MB however it is compressed. */
export async function readText(req: Request, res: Response): Promise<string> {
  const announced = Number(req.headers['content-length'] ?? 0);
  const body = bodyOf(req, res, BODY_IDLE_MS);
  const bytes = await collect(body, announced).catch((error: unknown) => {
    if (body !== req) body.destroy();
    if (error instanceof Problem) throw error;
    throw malformed(`The body can't be read: ${(error as Error).message}.`);
  });
  // From here on it is the owners who take their time.
  req.setTimeout(0);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed("The body isn't UTF-8.");
  }
}

function moreThanABody(has: string): Problem {
  return tooLarge(`A body may have 8 MB, and this one has ${has}: send it in parts, or as NDJSON.`);
}

/** Doesn't destroy a body that is too large: its connection still has to carry the answer. */
function collect(body: Readable, expected: number): Promise<Buffer> {
  const bytes = new GrowingBytes(expected);
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      if (bytes.length + chunk.length <= MAX_BODY_BYTES) return bytes.append(chunk);
      body.off('data', onData).pause();
      reject(moreThanABody('more'));
    };
    body.on('data', onData).once('end', () => resolve(bytes.take()));
    body.once('error', reject).once('close', () => reject(new Error('the connection broke')));
  });
}

function encodingOf(req: Request): string {
  return (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
}

function unsupported(detail: string): Problem {
  return new Problem(415, 'unsupported-media-type', detail);
}
