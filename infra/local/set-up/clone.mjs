import { fileURLToPath } from 'node:url';
import path from 'node:path';
import process from 'node:process';

/** The root of this clone. */
export const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '');

/** Where a local run keeps its data. */
export const home = path.resolve(root, process.env.GDTX_HOME || '.gdtx');

/** Says one line of progress. */
export const say = (line) => console.log(line);

/** An error whose message is one sentence that says what to do; it is printed without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError';
}
