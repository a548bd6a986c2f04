import type { Response } from 'express';

/** Sends values as NDJSON, one a line, as fast as the reader takes them; lets go of them when the reader has gone. */
export async function sendLines(res: Response, lines: AsyncIterable<unknown>): Promise<void> {
  res.status(200).type('application/x-ndjson');
  for await (const line of lines) {
    if (res.destroyed) throw new Error('the reader has gone');
    if (!res.write(`${JSON.stringify(line)}\n`)) await drained(res);
  }
  res.end();
}

/** There is room again, or nobody to write to. */
function drained(res: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
  });
}
