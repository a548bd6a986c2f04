import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { refusalLine } from '@gdtx/publisher/cli';
import { publish, type Result, type Sums } from '@gdtx/publisher/publish';

/** Folders of facts that a new platform begins with, in the order in which they are published. */
const FOLDERS = ['infra/reference', 'infra/examples/seeds'];
/** Whoever publishes them: they are of every kind. */
export const FIRST_FACTS_ROLES = ['registrar', 'inspector', 'province-officer', 'commune-officer', 'centre-publisher'];
const MOST_TRIES = 10;
/** What is unknown for longer than this many tries (3 s) isn't on its way. */
const TRIES_OF_UNKNOWN = 5;
const MOST_REFUSALS_SHOWN = 5;

export interface FactsFile {
  /** Relative to the clone. */
  name: string;
  path: string;
  sha256: string;
}

/** The NDJSON files of reference and of the seeds, each folder by name. */
export async function firstFacts(root: string): Promise<FactsFile[]> {
  const files: FactsFile[] = [];
  for (const folder of FOLDERS) {
    const names = await readdir(join(root, folder)).catch(() => []);
    for (const name of names.filter((each) => each.endsWith('.ndjson')).sort()) {
      const path = join(root, folder, name);
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      files.push({ name: `${folder}/${name}`, path, sha256 });
    }
  }
  return files;
}

/** The files that the stamp does not name with this very content in these very ledgers. */
export function notYetPublished(files: readonly FactsFile[], stamp: Stamp | undefined, ledgers: string): FactsFile[] {
  const known = stamp?.ledgers === ledgers ? stamp.files : {};
  return files.filter(({ name, sha256 }) => known[name] !== sha256);
}

export interface Stamp {
  /** Names the engines' data: another data folder or address, and all is published anew. */
  ledgers: string;
  files: Record<string, string>;
}

export interface FirstFactsOptions {
  root: string;
  home: string;
  ledgers: string;
  gatewayUrl: string;
  token: () => Promise<string>;
  say: (line: string) => void;
  signal?: AbortSignal;
}

/** Publishes through the gateway, like anybody's, the files that these ledgers haven't taken yet, and remembers which. */
export async function publishFirstFacts(options: FirstFactsOptions): Promise<void> {
  const { root, home, ledgers, say } = options;
  const stampFile = join(home, 'published.json');
  const stamp = await readFile(stampFile, 'utf8').then(
    (text) => JSON.parse(text) as Stamp,
    () => undefined,
  );
  const files = await firstFacts(root);
  const waiting = notYetPublished(files, stamp, ledgers);
  if (files.length > 0 && waiting.length === 0) say(`The ${files.length} files of first facts were published before.`);
  const done: Stamp = { ledgers, files: stamp?.ledgers === ledgers ? { ...stamp.files } : {} };
  for (const file of waiting) {
    const sums = await publishFile(file, options);
    if (sums.refused > 0) continue; // not stamped, so that the next start tries again
    done.files[file.name] = file.sha256;
    await writeFile(stampFile, JSON.stringify(done, null, 2));
  }
}

/**
 * Sends one file, and again from its first refused fact on while some are refused only for now: a service may not yet have heard
 * another's news, and what comes after a fact may rest on it.
 */
async function publishFile(file: FactsFile, { gatewayUrl, token, say, signal }: FirstFactsOptions): Promise<Sums> {
  const began = Date.now();
  const lines = (await readFile(file.path, 'utf8')).split('\n').filter(Boolean);
  const fates = new Fates();
  for (let tries = 1; ; tries++) {
    const from = fates.firstRefused();
    await publish({
      url: gatewayUrl,
      token: await token(),
      lines: [`${lines.slice(from).join('\n')}\n`],
      signal,
      onResult: (result) => fates.take(from + result.line! - 1, result),
    });
    const refused = fates.refused();
    if (isWorthAnotherTry(refused, tries)) {
      await pause(300 * tries, undefined, { signal });
      continue;
    }
    const sums = fates.sums();
    const { accepted, duplicate } = sums;
    say(
      `  ${file.name}: ${accepted} accepted, ${duplicate} duplicate, ${sums.refused} refused in ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
    for (const each of refused.slice(0, MOST_REFUSALS_SHOWN)) say(`    ${refusalLine(each)}`);
    if (refused.length > MOST_REFUSALS_SHOWN) say(`    and ${refused.length - MOST_REFUSALS_SHOWN} more`);
    return sums;
  }
}

/** What has become of each line of a file that is sent again in parts. */
export class Fates {
  private readonly results: Result[] = [];

  /** One that was refused and is there now was taken then: only its answer got lost on the way. One that was taken stays taken. */
  take(line: number, result: Result): void {
    const before = this.results[line]?.status;
    if (before === 'accepted' || before === 'duplicate') return;
    this.results[line] =
      before === 'refused' && result.status === 'duplicate' ? { ...result, status: 'accepted' } : result;
  }

  refused(): Result[] {
    return this.results.filter((result) => result.status === 'refused');
  }

  /** Which line to begin with; the first of a file that was never sent. */
  firstRefused(): number {
    return Math.max(
      0,
      this.results.findIndex((result) => result.status === 'refused'),
    );
  }

  sums(): Sums {
    const sums: Sums = { accepted: 0, duplicate: 0, refused: 0 };
    for (const { status } of this.results) sums[status]++;
    return sums;
  }
}

/** A service may not have heard yet of the unit that another one has just taken in; and one fact may rest on such another. */
export function isWorthAnotherTry(refused: readonly Result[], tries: number): boolean {
  return refused.some(
    ({ refusal }) =>
      (refusal?.retryable && tries < MOST_TRIES) || (refusal?.slug.endsWith('-unknown') && tries < TRIES_OF_UNKNOWN),
  );
}
