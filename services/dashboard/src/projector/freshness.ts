import { PARTITIONS, topicOf } from '@gdtx/kafka/partition';
import type { Gaps, LogWarning } from './gaps.js';
import type { Ledgers } from './ledgers.js';
import type { Positions } from './positions.js';
import type { Refolds } from './refolds.js';
import type { RelayProgress, ShownOffset } from './relay-progress.js';
import type { Lack, ProjectorStore, StoredFreshness } from './store.js';

/** A relay speaks every second; one that was silent for so long is named. */
const BEHIND_MS = 10_000;
const ELSEWHERE_EVERY_MS = 1_000;
const SAY_EVERY_MS = 250;

/** What other processes have done with the partitions that aren't ours, as they stored it. */
interface Elsewhere {
  positions: ReadonlyMap<string, bigint>;
  waiting: { service: string; unit: string }[];
  incomplete: { service: string; unit: string }[];
}

export interface ProjectionLag {
  service: string;
  /** Published and not yet in the read model. */
  messages: number;
  /** Null while nothing of the service is known to be in the read model. */
  seconds: number | null;
}

export interface FreshnessParts {
  services: readonly string[];
  topicPrefix: string;
  positions: Positions;
  progress: RelayProgress;
  gaps: Gaps;
  refolds: Refolds;
  ledgers: Ledgers;
  store: Pick<ProjectorStore, 'checkpoints' | 'incomplete' | 'writeFreshness'>;
  /** The time of day. */
  now: () => number;
  /** Runs on whatever becomes of the time of day. */
  steady: () => number;
  warn: LogWarning;
}

/** How fresh the read model is, and what it lacks; over all partitions, whoever works on them. */
export class FreshnessOf {
  private elsewhere: Elsewhere = { positions: new Map(), waiting: [], incomplete: [] };
  private askedAt = -Infinity;

  constructor(private readonly parts: FreshnessParts) {}

  now(): StoredFreshness {
    const { services, progress } = this.parts;
    this.update();
    const by = Object.fromEntries(services.map((service) => [service, progress.asOf(service)]));
    const known = Object.values(by);
    const asOf = known.some((at) => at === null) ? null : Math.min(...(known as number[]));
    return { _id: 'now', asOf, services: by, lacks: this.lacks(), at: this.parts.now() };
  }

  /** Writes it down when it has changed; call it a few times a second. */
  async say(): Promise<void> {
    if (this.saying || this.parts.steady() - this.saidAt < SAY_EVERY_MS) return;
    this.saying = true;
    try {
      await this.lookElsewhere();
      const freshness = this.now();
      const { asOf, services, lacks } = freshness;
      const text = JSON.stringify({ asOf, services, lacks });
      if (text !== this.said) await this.parts.store.writeFreshness(freshness);
      this.said = text;
    } catch (error) {
      this.parts.warn('how fresh the read model is could not be stored', { error: String(error) });
    }
    this.saidAt = this.parts.steady();
    this.saying = false;
  }

  /** Other processes learn from the checkpoints which ledgers wait for an entry; says whether there is news for them. */
  noteWaiting(): boolean {
    const { gaps, refolds, services, topicPrefix, positions } = this.parts;
    const waiting = new Map<string, string[]>();
    for (const { service, unit, partition } of [...gaps.open(), ...refolds.open()]) {
      const key = `${service}/${partition}`;
      waiting.set(key, [...(waiting.get(key) ?? []), unit]);
    }
    let changed = false;
    for (const service of services) {
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const units = (waiting.get(`${service}/${partition}`) ?? []).sort();
        changed = positions.wait(topicOf(topicPrefix, service), partition, units) || changed;
      }
    }
    return changed;
  }

  private said = '';
  private saidAt = -Infinity;
  private saying = false;

  /** Asks the store what others did, if there are partitions that aren't ours. */
  private async lookElsewhere(): Promise<void> {
    const { services, steady, store, topicPrefix, positions, ledgers } = this.parts;
    if (steady() - this.askedAt < ELSEWHERE_EVERY_MS) return;
    this.askedAt = steady();
    if (this.hasAll()) {
      this.elsewhere = { positions: new Map(), waiting: [], incomplete: [] };
      return;
    }
    const [checkpoints, incomplete] = await Promise.all([store.checkpoints(), store.incomplete()]);
    const others = checkpoints.filter(({ topic, partition }) => !positions.has(topic, partition));
    const serviceOf = new Map(services.map((service) => [topicOf(topicPrefix, service), service]));
    this.elsewhere = {
      positions: new Map(others.map(({ _id, position }) => [_id, position])),
      waiting: others.flatMap(({ topic, waiting }) =>
        waiting.map((unit) => ({ service: serviceOf.get(topic) ?? topic, unit })),
      ),
      incomplete: incomplete.filter(({ service, unit }) => !ledgers.find(service, unit)),
    };
  }

  /** Works out what relays have said and was reached; call it a few times a second. */
  update(): void {
    this.parts.progress.update(this.shownOf);
  }

  /** How far the read model is behind what each service has published. */
  lag(): ProjectionLag[] {
    return this.parts.services.map((service) => {
      const { messages, ms } = this.parts.progress.behind(service, this.shownOf);
      return { service, messages, seconds: ms === null ? null : ms / 1000 };
    });
  }

  private readonly shownOf: ShownOffset = (service, partition) => {
    const topic = topicOf(this.parts.topicPrefix, service);
    return this.parts.positions.shownOf(topic, partition) ?? this.elsewhere.positions.get(`${topic}/${partition}`);
  };

  private lacks(): Lack[] {
    const { services, progress, gaps, refolds, ledgers, now } = this.parts;
    const behind = services.flatMap((service): Lack[] => {
      const asOf = progress.asOf(service);
      if (asOf === null) return [{ service, why: 'never-heard' }];
      return now() - asOf > BEHIND_MS ? [{ service, why: 'behind', asOf }] : [];
    });
    return [
      ...behind,
      ...[...gaps.open(), ...this.elsewhere.waiting].map(({ service, unit }): Lack => ({ service, unit, why: 'gap' })),
      ...refolds.open().map(({ service, unit }): Lack => ({ service, unit, why: 'folding-anew' })),
      ...Array.from(ledgers.incomplete(), ({ service, unit }): Lack => ({ service, unit, why: 'unknown-facts' })),
      ...this.elsewhere.incomplete.map(({ service, unit }): Lack => ({ service, unit, why: 'unknown-facts' })),
    ];
  }

  private hasAll(): boolean {
    const { services, topicPrefix, positions } = this.parts;
    const every = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    return services.every((service) => every.every((p) => positions.has(topicOf(topicPrefix, service), p)));
  }
}
