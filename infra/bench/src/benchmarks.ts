import type { Benchmark } from './benchmark.js';
import { analyticsTable } from './benchmarks/analytics-table.js';
import { figures } from './benchmarks/figures.js';
import { freshness } from './benchmarks/freshness.js';
import { growth } from './benchmarks/growth.js';
import { memory } from './benchmarks/memory.js';
import { oneFact } from './benchmarks/one-fact.js';
import { rebuild } from './benchmarks/rebuild.js';
import { recording } from './benchmarks/recording.js';
import { sources } from './benchmarks/sources.js';
import { web } from './benchmarks/web.js';

/** In the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  rebuild,
  recording,
  oneFact,
  freshness,
  figures,
  sources,
  web,
  analyticsTable,
  memory,
  growth,
];
