/** A fault that is tried on real engines and real processes, and what must hold afterwards. */
export interface Fault {
  name: string;
  /** What is promised, as one sentence. */
  promise: string;
  /** Throws when the promise is broken. */
  run(stage: FaultStage): Promise<void>;
}

export interface FaultStage {
  /** A folder of this fault alone; removed when it is over and nothing is wrong. */
  home: string;
  /** From 0 to 1: the same numbers in the same order for the same seed. */
  random(): number;
  /** How many facts are published; the short form takes fewer. */
  facts: number;
  /** One line of progress. */
  say(sentence: string): void;
}
