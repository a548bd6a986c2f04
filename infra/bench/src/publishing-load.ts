import { Enrolments } from './enrolments.js';
import type { PublishedFact } from './facts.js';
import { publisherAt, type Receipt } from './gateway-publisher.js';
import { HttpClient } from './http-client.js';
import type { BenchPlatform } from './bench-platform.js';
import { sendSteadily, type Sent } from './steady-load.js';

const A_SECOND = 200;
const BACKFILL_A_SECOND = 2_000;
const BACKFILL_BATCH = 100;

export interface LoadedFor {
  /** Of the facts that came one by one. */
  singles: Sent<Receipt>[];
  /** Facts a second, as they were really sent. */
  rate: number;
  backfillRate: number;
}

/** The load that freshness and memory are measured under: 200 facts a second one by one, of many units, and, if wished, 2,000 in batches of 100 of one unit. */
export class PublishingLoad {
  private constructor(
    private readonly client: HttpClient,
    private readonly publish: (facts: readonly PublishedFact[]) => Promise<Receipt[]>,
    private readonly daily: Enrolments,
    private readonly backfilled: Enrolments,
  ) {}

  /** Half of the units publish day by day, the others backfill. */
  static async prepare({ platform, units }: Pick<BenchPlatform, 'platform' | 'units'>): Promise<PublishingLoad> {
    const client = new HttpClient(platform.gatewayUrl);
    const who = { sub: 'steady load', roles: ['province-officer'], units: ['vn'] };
    const { publish } = await publisherAt(platform, client, who);
    const half = Math.ceil(units.length / 2);
    const [daily, backfilled] = [new Enrolments(units.slice(0, half)), new Enrolments(units.slice(half))];
    const openings = [...daily.openings(), ...backfilled.openings()];
    for (let i = 0; i < openings.length; i += 1000) await publish(openings.slice(i, i + 1000));
    return new PublishingLoad(client, publish, daily, backfilled);
  }

  async run(milliseconds: number, withBackfill: boolean): Promise<LoadedFor> {
    const one = async () => (await this.publish([this.daily.enrolment()]))[0]!;
    const many = () => this.publish(this.backfilled.enrolments(BACKFILL_BATCH));
    const [singles, batches] = await Promise.all([
      sendSteadily({ aSecond: A_SECOND, milliseconds }, one),
      withBackfill
        ? sendSteadily({ aSecond: BACKFILL_A_SECOND / BACKFILL_BATCH, milliseconds, atMost: 8 }, many)
        : { sent: [], rate: 0 },
    ]);
    return { singles: singles.sent, rate: singles.rate, backfillRate: batches.rate * BACKFILL_BATCH };
  }

  close(): void {
    this.client.close();
  }
}
