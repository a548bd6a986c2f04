import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installedChromium } from '@gdtx/testing/chromium';
import { BENCHMARKS } from '../src/benchmarks.js';
import { asMarkdown, asText } from '../src/report.js';
import { findPostgres } from '../src/rivals/postgres.js';
import { runBenchmarks } from '../src/run.js';

/** Far too small to prove anything about the aims: only that each benchmark runs and has something to say. */
const TINY = { seed: 3, scale: 0.001, say: () => undefined };

let keep: string;
beforeAll(async () => {
  keep = await mkdtemp(join(tmpdir(), 'gdtx-bench-test-'));
});
afterAll(() => rm(keep, { recursive: true, force: true }));

/** Where there is no PostgreSQL or no Chromium, what needs it says so and measures nothing. */
const missing = [
  ...(findPostgres() === undefined ? ['analytics-table'] : []),
  ...(installedChromium() === undefined ? ['web'] : []),
];
const measured = BENCHMARKS.filter(({ name }) => !missing.includes(name));

test.each(measured.map((benchmark) => [benchmark.name, benchmark] as const))(
  '%s runs and yields finite ratios',
  async (name, benchmark) => {
    const report = await runBenchmarks([benchmark], { ...TINY, keep });
    const measurements = report.measured.flatMap((measured) => measured.measurements);
    expect(measurements.length).toBeGreaterThan(0);
    // Some rows are shown for information, beside nothing.
    const compared = measurements.filter(({ ratio }) => ratio !== undefined);
    expect(compared.length).toBeGreaterThan(0);
    expect(compared.filter(({ ratio }) => !(Number.isFinite(ratio) && ratio! > 0))).toEqual([]);
    for (const { ours } of measurements) {
      expect(ours).not.toMatch(/NaN|Infinity/);
    }
    expect(asText(report)).toContain('a try-out');
    expect(asMarkdown(report)).toContain(`| ${measurements[0]!.figure} `);
    expect(report.measured[0]!.name).toBe(name);
  },
  300_000,
);
