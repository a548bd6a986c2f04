import type { LedgerOwners } from '../projector/owners.js';
import type { Projector } from '../projector/projector.js';

export interface BuildOptions {
  projector: Projector;
  owners: Pick<LedgerOwners, 'heads'>;
  services: readonly string[];
  say: (line: string) => void;
  signal: AbortSignal;
  /** How long nothing may come of it before it is given up. Default 2 minutes. */
  patienceMs?: number;
}

/** The seq by `<service>/<unit>`. */
export type AgreedHeads = ReadonlyMap<string, number>;

/** It can't be done just now: one sentence. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

const LOOK_MS = 200;
const SAY_EVERY_MS = 2_000;
const PATIENCE_MS = 120_000;

/**
 * Waits until the model holds what is in Kafka, then agrees on heads with the owners, and waits until it holds these, too. Gives the
 * heads. Says how far it is. Throws NotPossible when nothing comes of it for a while.
 */
export async function untilBuilt(options: BuildOptions): Promise<AgreedHeads> {
  const { projector, say } = options;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  await persistently(options, 'reading Kafka', () => {
    const { done, all } = doneOf(projector);
    return {
      isDone: projector.caughtUp() && wholeIn(projector),
      progress: done,
      text: progressText(done, all, seconds()),
    };
  });
  const heads = await headsOf(options);
  let missing = [...heads];
  await persistently(options, 'waiting for the last entries of the ledgers', () => {
    missing = missing.filter(([id, seq]) => seqOf(projector, id) < seq);
    return {
      isDone: missing.length === 0,
      progress: -missing.length,
      text: `${grouped(missing.length)} ledgers aren’t at their head`,
    };
  });
  say(
    `Read ${grouped(projector.counts().taken)} entries of ${grouped(heads.size)} ledgers in ${seconds().toFixed(1)} s.`,
  );
  return heads;
}

/** Taken, and how many there are as far as that is known. */
function doneOf(projector: Projector): { done: number; all: number } {
  const { taken, repeated } = projector.counts();
  const behind = projector.lag().reduce((sum, { messages }) => sum + messages, 0);
  return { done: taken + repeated, all: taken + repeated + behind };
}

/** No gap is open and nothing waits to be folded anew. */
function wholeIn(projector: Projector): boolean {
  return !projector
    .freshness()
    .lacks.some(({ why }) => why === 'gap' || why === 'folding-anew' || why === 'never-heard');
}

function seqOf(projector: Projector, id: string): number {
  const slash = id.indexOf('/');
  return projector.seqOf(id.slice(0, slash), id.slice(slash + 1));
}

async function headsOf({ owners, services }: BuildOptions): Promise<AgreedHeads> {
  const heads = new Map<string, number>();
  for (const service of services) {
    try {
      for await (const { unit, seq } of owners.heads(service)) heads.set(`${service}/${unit}`, seq);
    } catch (error) {
      throw new NotPossible(`${service} doesn’t say how long its ledgers are (${(error as Error).message}).`);
    }
  }
  return heads;
}

interface Look {
  isDone: boolean;
  /** Grows while something comes of it. */
  progress: number;
  text: string;
}

async function persistently(options: BuildOptions, what: string, look: () => Look): Promise<void> {
  const { signal, say, patienceMs = PATIENCE_MS } = options;
  let [furthest, since, said] = [-Infinity, performance.now(), performance.now()];
  for (;;) {
    signal.throwIfAborted();
    const { isDone, progress, text } = look();
    if (isDone) return;
    const now = performance.now();
    if (progress > furthest) [furthest, since] = [progress, now];
    if (now - since > patienceMs)
      throw new NotPossible(`Nothing has come of ${what} for ${Math.round(patienceMs / 1000)} s: ${text}.`);
    if (now - said > SAY_EVERY_MS) {
      said = now;
      say(`  ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function progressText(done: number, all: number, seconds: number): string {
  const share = all > done ? ` of ${grouped(all)} (${Math.floor((100 * done) / all)} %)` : '';
  return `${seconds.toFixed(0)} s: ${grouped(done)}${share} entries, ${grouped(done / Math.max(seconds, 0.1))} a second`;
}

export const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');
