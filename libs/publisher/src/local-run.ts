import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type Env = Record<string, string | undefined>;

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const DEFAULT_PORT = 8080;

/** Where the local run of this clone keeps its data. */
export function localHome(env: Env = process.env): string {
  return resolve(ROOT, env.GDTX_HOME || '.gdtx');
}

/** The address of the local run's gateway. */
export function localGateway(env: Env = process.env): string {
  return `http://127.0.0.1:${env.GDTX_PORT || DEFAULT_PORT}`;
}

/** The folder with the keys that the local run signs with. */
export const keysOf = (home: string): string => `${home}/keys`;
