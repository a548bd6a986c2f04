import type { Engines } from '@gdtx/engines/engines';
import type { Platform, PlatformOptions } from '@gdtx/local/platform';
import type { Random } from './random.js';

/** A fault that is tried on real engines and real processes, and what must hold afterwards. */
export interface Fault {
  name: string;
  /** What is promised, as one sentence. */
  promise: string;
  /**
   * `shared`: it leaves the engines as they were, so that other faults use them as well, each with topics and databases of its
   * own. `own`: it stops, kills, fills or restores them.
   */
  engines: 'shared' | 'own';
  /** Throws when the promise is broken. Answers what was seen, for the table at the end: a few words with counts. */
  run(stage: FaultStage): Promise<string>;
}

/** What a fault has at hand: a home, engines, a platform and numbers that are the same for the same seed. */
export interface FaultStage {
  /** A folder of this fault alone; removed when it is over and nothing is wrong. */
  home: string;
  /** The same numbers in the same order for the same seed and the same fault. */
  random: Random;
  /** How many facts are published; the short form takes fewer. */
  facts: number;
  topicPrefix: string;
  databasePrefix: string;
  /** One line of progress. */
  say(sentence: string): void;
  /** A real Kafka and a real MongoDB, started at the first call. */
  engines(): Promise<Engines>;
  /** The seven services as processes of their own on these engines, stopped when the fault is over. */
  platform(options?: Partial<PlatformOptions>): Promise<Platform>;
  /** Done when the fault is over, the newest first, before services and engines are stopped. */
  atEnd(undo: () => Promise<unknown> | void): void;
}
