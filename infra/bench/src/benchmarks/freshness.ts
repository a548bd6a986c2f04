import { setTimeout as pause } from 'node:timers/promises';
import type { Receipt } from '../gateway-publisher.js';
import type { Benchmark, Measurement } from '../benchmark.js';
import { startBenchPlatform } from '../bench-platform.js';
import { readLive, type LiveReader } from '../live-reader.js';
import { PublishingLoad } from '../publishing-load.js';
import { grouped, inTurns, milliseconds, quantile } from '../rounds.js';
import type { Sent } from '../steady-load.js';

const ROUNDS = 3;
const ROUND_MS = 20_000;
const LEAST_ROUND_MS = 300;
const SHOWN_WITHIN_MS = 60_000;
const AIMS = [
  { name: 'p50', share: 0.5, atMost: 100 },
  { name: 'p99', share: 0.99, atMost: 500 },
];

interface Round {
  took: number[];
  rate: number;
  backfillRate: number;
}

export const freshness: Benchmark = {
  name: 'freshness',
  about:
    'from publishing a fact to the change on /v1/live, at 200 facts a second: idle otherwise, and during a backfill of 2,000 a second',
  async run(bench) {
    const ours = await startBenchPlatform(bench, ['gateway', 'programmes', 'dashboard']);
    const token = await ours.platform.token({ roles: ['inspector'], units: ['vn'] });
    const live = await readLive(ours.platform.gatewayUrl, token, 'programmes');
    const load = await PublishingLoad.prepare(ours);
    try {
      const roundMs = Math.max(ROUND_MS * bench.scale, LEAST_ROUND_MS);
      const round = async (withBackfill: boolean): Promise<Round> => {
        const { singles, ...rates } = await load.run(roundMs, withBackfill);
        return { took: await shownAfter(live, singles), ...rates };
      };
      const rounds = await inTurns(ROUNDS, { idle: () => round(false), backfill: () => round(true) });
      return [
        ...rows('freshness at 200 facts a second', rounds.idle),
        ...rows('freshness at 200 facts a second during a backfill of 2,000', rounds.backfill),
      ];
    } finally {
      load.close();
      live.close();
      await ours.stop();
    }
  },
};

/** From the moment at which each was due to be published, to its change on the stream. */
async function shownAfter(live: LiveReader, singles: readonly Sent<Receipt>[]): Promise<number[]> {
  const until = performance.now() + SHOWN_WITHIN_MS;
  const took: number[] = [];
  for (const { due, result } of singles) {
    let shown = live.shownAt(result.unit, result.seq);
    while (shown === undefined && performance.now() < until) {
      await pause(20);
      shown = live.shownAt(result.unit, result.seq);
    }
    if (shown === undefined) throw new Error(`entry ${result.seq} of ${result.unit} never came on /v1/live`);
    took.push(shown - due);
  }
  return took;
}

function rows(figure: string, rounds: readonly Round[]): Measurement[] {
  const took = rounds.flatMap((round) => round.took);
  const sent = rounds.map(({ rate, backfillRate }) => rate + backfillRate).reduce((a, b) => a + b, 0) / rounds.length;
  return AIMS.map(({ name, share, atMost }) => {
    const ours = quantile(took, share);
    return {
      figure: `${figure}, ${name}`,
      ours: `${milliseconds(ours)} (${grouped(sent)} facts/s sent)`,
      rival: milliseconds(atMost),
      against: 'limit',
      ratio: ours / atMost,
      aim: `below ${milliseconds(atMost)}`,
      reached: ours < atMost,
    };
  });
}
