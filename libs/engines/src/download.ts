import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { HttpStatusError, openUrl, type Env } from './open-url.js';
import { fileSystemRefusal, SetUpError } from './set-up-error.js';

const TRIES = 3;

export interface Download {
  /** What the sentences call it: "kafka_2.13-4.4.0.jar". */
  name: string;
  url: string;
  sha256: string;
  /** The environment variable that names another source, for the sentence on failure. */
  sourceVariable: string;
}

/** Called with the number of bytes that have just come; negative when a try failed and they will come again. */
export type OnBytes = (bytes: number) => void;

/**
 * Brings a file to `path` and makes sure that it is the pinned one; a file that is there already and is the pinned one stays.
 * Tries three times. Throws a SetUpError whose sentence says what to do.
 */
export async function download(
  what: Download,
  path: string,
  { env = process.env, onBytes, signal }: { env?: Env; onBytes?: OnBytes; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  if (await isPinned(path, what.sha256)) return;
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    for (let attempt = 1; ; attempt++) {
      try {
        await transfer(what, part, { env, onBytes, signal });
        break;
      } catch (error) {
        signal?.throwIfAborted();
        const refusal = fileSystemRefusal(error, dirname(path));
        if (refusal) throw refusal;
        if (error instanceof SetUpError || attempt === TRIES || !isPassing(error)) throw failed(what, error);
        await pause(500 * attempt);
      }
    }
    await rename(part, path);
  } catch (error) {
    throw fileSystemRefusal(error, dirname(path)) ?? error;
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

async function transfer(
  what: Download,
  to: string,
  { env, onBytes, signal }: { env: Env; onBytes?: OnBytes | undefined; signal?: AbortSignal | undefined },
): Promise<void> {
  const response = await openUrl(what.url, { env });
  const hash = createHash('sha256');
  let come = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      come += chunk.length;
      onBytes?.(chunk.length);
      done(null, chunk);
    },
  });
  try {
    await pipeline(response, count, createWriteStream(to), { signal });
  } catch (error) {
    onBytes?.(-come);
    throw error;
  }
  const found = hash.digest('hex');
  if (found !== what.sha256) {
    throw new SetUpError(
      `${what.name} from ${new URL(what.url).host} is not the pinned file (sha256 ${found.slice(0, 12)}… instead of ` +
        `${what.sha256.slice(0, 12)}…): point ${what.sourceVariable} to a source that serves it unchanged.`,
    );
  }
}

async function isPinned(path: string, sha256: string): Promise<boolean> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256;
}

/** Whether another try may go better: not when the server knows the file not, or forbids it. */
function isPassing(error: unknown): boolean {
  return !(error instanceof HttpStatusError) || error.status >= 500 || error.status === 429;
}

/** The sentence for a download that didn't come through. */
export function failed(what: Pick<Download, 'name' | 'url' | 'sourceVariable'>, error: unknown): SetUpError {
  if (error instanceof SetUpError) return error;
  const host = new URL(what.url).host;
  const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
  return new SetUpError(
    `${what.name} could not be downloaded from ${host} (${reason}): check the connection and HTTPS_PROXY, ` +
      `or set ${what.sourceVariable} to a mirror that this machine reaches.`,
    { cause: error },
  );
}
