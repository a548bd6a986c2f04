import { Worker } from 'node:worker_threads';
import { tooLarge, tryAgain } from '@gdtx/service-kit/problem';
import type { Table } from './table.js';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook is made as a whole, in memory: about 10 KB of it a row. CSV has no such bound. */
export const MOST_ROWS = 20_000;
const MOST_WAITING = 8;

/** Compiled, also where what starts it is not: a thread has no other loader than Node's own. */
const PROGRAM = new URL('./xlsx-thread.js', import.meta.url.replace('/src/tables/', '/dist/tables/'));
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * A table as a workbook (Office Open XML). Made in a thread of its own, so that nobody else's call waits for it, and one after
 * another, so that memory stays bounded. 413 for more than MOST_ROWS rows, 503 when too many wait for theirs.
 */
export async function xlsxOf(table: Table): Promise<Buffer> {
  if (table.rows.length > MOST_ROWS)
    throw tooLarge(`${table.rows.length} rows are too many for XLSX (at most ${MOST_ROWS}): take them as CSV.`);
  if (waiting >= MOST_WAITING) throw tryAgain('Many workbooks are being made just now: ask again in a moment.');
  waiting += 1;
  const mine = last.then(() => inThread(table));
  last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

function inThread(table: Table): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Of what this process was started with, a thread needs nothing: telemetry is the process' own.
    const worker = new Worker(PROGRAM, { workerData: table, execArgv: [], resourceLimits: LIMITS });
    worker.once('message', (made: Uint8Array) => resolve(Buffer.from(made.buffer, made.byteOffset, made.byteLength)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of a workbook ended with code ${code}`)));
  });
}
