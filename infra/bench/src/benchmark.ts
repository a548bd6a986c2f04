import type { Engines } from '@gdtx/engines/engines';
import type { DataSet } from './data/data-set.js';

/** One line of the table: what was measured, beside a rival or a limit of the same run. */
export interface Measurement {
  figure: string;
  /** With its unit: `212,000 entries/s`. */
  ours: string;
  rival?: string;
  /** What the rival is: `bare eachBatch drain`. */
  against?: string;
  /** Ours to the rival's, or to the limit. */
  ratio?: number;
  /** What is aimed at: `at least 0.45`. */
  aim?: string;
  reached?: boolean;
}

export interface Benchmark {
  name: string;
  /** One sentence: what it measures, and beside what. */
  about: string;
  run(bench: BenchContext): Promise<Measurement[]>;
}

export interface BenchContext {
  /** A folder of this benchmark alone. */
  home: string;
  seed: number;
  /** 1 is the size that the aims speak of; less is a try-out, and the table says so. */
  scale: number;
  /** One Kafka and one MongoDB for all benchmarks of a run, ours and rivals alike; started when first asked for. */
  engines(): Promise<Engines>;
  /** Five years of the network in Kafka; written when first asked for, and found again in a kept home. */
  dataSet(): Promise<DataSet>;
  /** The same, with the dashboard's database filled from it by the projector. */
  readModel(): Promise<DataSet>;
  /** One line of progress. */
  say(sentence: string): void;
}
