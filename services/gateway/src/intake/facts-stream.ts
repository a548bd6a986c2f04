import type { Request, Response } from 'express';
import { GROUP_BYTES, GROUP_FACTS, MAX_FACT_BYTES, STREAM_IDLE_MS } from '../limits.js';
import { bodyOf } from './body.js';
import { openEnvelope, refused, type Opened } from './envelope.js';
import { groupsOf } from './groups.js';
import { NdjsonLines, type Line } from './ndjson-lines.js';
import type { RecordedFacts } from './recorder.js';
import { repeatedNames } from './repeated-names.js';
import { addSums, refusedResult, sumsOf, type Result, type Sums } from './results.js';

/**
 * Facts as NDJSON, answered as NDJSON while they come: a line a fact, in order, and a last line with the sums. One group is
 * under way at a time, so that a fact may rest on the ones before it; whoever sends must read, or is held back.
 */
export async function streamFacts(
  req: Request,
  res: Response,
  record: (opened: Opened[]) => Promise<RecordedFacts>,
): Promise<void> {
  const body = bodyOf(req, res, STREAM_IDLE_MS);
  res.status(200).type('application/x-ndjson').flushHeaders();
  const sums: Sums = { accepted: 0, duplicate: 0, refused: 0 };
  const say = (lines: object[]) => write(res, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  let lastLine = 0;
  try {
    for await (const lines of groupsOf(body, new NdjsonLines(MAX_FACT_BYTES), {
      facts: GROUP_FACTS,
      bytes: GROUP_BYTES,
    })) {
      // What has arrived whole is decided even if its sender has gone: only what it wasn't sent yet is missing.
      const { results } = await record(lines.map(openLine));
      lastLine = lines.at(-1)!.number;
      addSums(sums, sumsOf(results));
      await say(results.map((result, i) => ({ ...result, line: lines[i]!.number })));
    }
  } catch (error) {
    // The connection broke, and nobody hears an answer; or the compressed body ended in its middle.
    if (res.closed || req.socket.destroyed) return;
    const broken = brokenBody(error as Error);
    addSums(sums, sumsOf([broken]));
    await say([{ ...broken, line: lastLine + 1 }]);
  }
  await say([sums]);
  res.end();
}

function openLine(line: Line): Opened {
  if ('wrong' in line) {
    return line.wrong === 'too-long'
      ? refused(null, 'too-large', `Line ${line.number} is longer than ${MAX_FACT_BYTES} bytes.`, '')
      : refused(null, 'malformed', `Line ${line.number} isn't UTF-8.`, '');
  }
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    return refused(null, 'malformed', `Line ${line.number} isn't JSON: ${(error as Error).message}.`, '');
  }
  return openEnvelope(value, repeatedNames(line.text).get(0));
}

function brokenBody(error: Error): Result {
  const message = `The body can't be read further: ${error.message}. What it still held wasn't taken.`;
  return refusedResult(null, { slug: 'malformed', message, path: '', retryable: false });
}

/** Resolves when there is room for more, or nobody to write to. */
async function write(res: Response, text: string): Promise<void> {
  if (res.closed || res.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
  });
}
