import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { LoadFact } from './fact.js';
import { isWithdrawable, makeFact, makeWithdrawal, MIX, type Mix } from './make-facts.js';
import type { Receipts } from './receipts.js';
import { sendOnce, type Sending } from './send.js';

export const PUBLISHERS = 8;
const LARGEST_BATCH = 200;
/** Few facts go in small batches, so that there are enough of these to strike among. */
const BATCHES = 100;
/** Nothing at all was acknowledged for so long: something doesn't come back by itself. */
const STILL_MS = 120_000;

export interface LoadOptions {
  gatewayUrl: string;
  /** A token for each publisher, by number. */
  tokens: readonly string[];
  /** Of all publishers together. */
  facts: number;
  random: Random;
  mix?: Mix;
  receipts: Receipts;
  /** What the ids of its facts begin with; a second load takes another name. */
  name?: string;
}

/** Eight publishers that send until everything is acknowledged. */
export interface Load {
  readonly receipts: Receipts;
  /** Facts of the load that are acknowledged. */
  readonly acknowledged: number;
  /** Facts of batches that were begun. */
  readonly taken: number;
  /** Requests that had to be sent again. */
  readonly retries: number;
  /** Why requests had to be sent again, and how often. */
  readonly troubles: ReadonlyMap<string, number>;
  /** Resolves when so many facts of the load are acknowledged; rejects when publishing fails or stands still. */
  reached(acknowledged: number): Promise<void>;
  /** No batch is begun beyond so many facts: so a fault strikes in the middle of publishing, however fast the machine. */
  allow(facts: number): void;
  /** Everything is acknowledged. */
  readonly done: Promise<void>;
}

/** Starts publishing. What each publisher sends depends on the seed alone, whenever it gets to it. */
export function startLoad({
  gatewayUrl,
  tokens,
  facts,
  random,
  mix = MIX,
  receipts,
  name = 'load',
}: LoadOptions): Load {
  const troubles = new Map<string, number>();
  let allowed = Infinity;
  let taken = 0;
  let acknowledged = 0;
  let retries = 0;
  let failure: Error | undefined;
  let movedAt = performance.now();

  const send = async (batch: readonly LoadFact[], sending: Sending) => {
    for (let open = [...batch]; open.length > 0;) {
      const { results, waitMs, trouble } = await sendOnce(open, sending);
      if (failure) throw failure;
      const known = receipts.acknowledged;
      const still = open.filter((fact, n) => !(results[n] && receipts.take(fact, results[n])));
      // Whoever else publishes does so with receipts of the same book, but not in between these lines.
      acknowledged += receipts.acknowledged - known;
      if (receipts.acknowledged > known) movedAt = performance.now();
      if (still.length > 0 || trouble) {
        retries++;
        const why = trouble ?? results.find(({ refusal }) => refusal)?.refusal?.slug ?? 'not answered';
        troubles.set(why, (troubles.get(why) ?? 0) + 1);
        await pause(waitMs);
      }
      // The whole batch again: what was acknowledged comes back as a duplicate, with the first receipt.
      if (still.length > 0) open = [...batch];
      else return;
    }
  };

  const largest = Math.min(LARGEST_BATCH, Math.max(10, Math.round(facts / BATCHES)));
  const publisher = async (n: number, own: Random, share: number) => {
    const sending: Sending = { gatewayUrl, token: tokens[n]!, form: n % 4 === 3 ? 'lines' : 'array' };
    const sent: LoadFact[][] = [];
    const withdrawable: LoadFact[] = [];
    for (let made = 0; made < share;) {
      while (taken >= allowed && !failure) await pause(5);
      if (failure) throw failure;
      const batch: LoadFact[] = [];
      for (let left = Math.min(own.between(1, largest), share - made); left > 0; left--) {
        const id = `${name}-${n}-${made++}`;
        const back = own.chance(0.015) && withdrawable.length > 0;
        const [of] = back ? withdrawable.splice(own.between(0, withdrawable.length - 1), 1) : [];
        const fact = of ? makeWithdrawal(id, of, receipts.byId.get(of.id)!.receipt.seq, own) : makeFact(id, mix, own);
        batch.push(fact);
      }
      taken += batch.length;
      await send(batch, sending);
      sent.push(batch);
      withdrawable.push(...batch.filter(isWithdrawable));
      // Some publishers send a file once more, to be sure.
      if (own.chance(0.08)) await send(own.oneOf(sent), sending);
    }
  };

  const shares = Array.from({ length: tokens.length }, (_, n) => Math.floor((facts + n) / tokens.length));
  const done = Promise.all(shares.map((share, n) => publisher(n, random.fork(`publisher ${n}`), share))).then(
    () => undefined,
    (error: Error) => {
      failure ??= error;
      throw failure;
    },
  );
  done.catch(() => {});

  return {
    receipts,
    done,
    troubles,
    get acknowledged() {
      return acknowledged;
    },
    get taken() {
      return taken;
    },
    get retries() {
      return retries;
    },
    allow: (many) => void (allowed = many),
    async reached(wanted) {
      movedAt = performance.now();
      while (acknowledged < Math.min(wanted, facts)) {
        if (failure) throw failure;
        if (performance.now() - movedAt > STILL_MS) {
          const why = [...troubles].map(([trouble, times]) => `${times} × ${trouble}`).join(', ');
          failure = new Error(
            `nothing was acknowledged for ${STILL_MS / 1000} s, after ${acknowledged} facts (${why})`,
          );
        }
        await pause(5);
      }
    },
  };
}
