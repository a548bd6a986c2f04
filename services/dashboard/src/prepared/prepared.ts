import { Recent } from '@gdtx/territory/recent';
import type { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import type { OnFlow, FlowColumns } from '../columns/flow-columns.js';
import type { LevelColumns, OnReport, OnStep } from '../columns/level-columns.js';
import type { ReadModel } from '../columns/read-model.js';
import { asKnown } from '../queries/as-known.js';
import type { ReadySums } from '../queries/evaluate.js';
import type { FigureQuery } from '../queries/figure-query.js';
import type { Counted } from '../queries/registry-levels.js';
import type { Tally } from '../queries/tally.js';
import { placesFor } from './answers.js';
import { Points } from './points.js';
import { nation, provinces } from './sum-places.js';
import { Sums, type SumsOf } from './sums.js';

/** So many, besides, are kept while they are asked for: a screen asks for many figures by the same map, as known at the same time. */
const MOST_ASKED = 6;
/** For so long after they were asked last. */
const ASKED_MS = 60_000;

interface Asked {
  sums: Sums;
  /** When it was asked for last, as of performance.now(). */
  at: number;
}

/**
 * Sums by province kept ready for `then` and `today`, and those of other maps and times that were asked for a moment ago: of one state of
 * the registry, which must not change, and one today. What changes in the columns is told to it; when the registry changes, another takes
 * its place as a whole.
 */
export class Prepared implements ReadySums {
  private readonly points: Points;
  private readonly then: Sums;
  private readonly now: Sums;
  private readonly asked = new Recent<Asked>(MOST_ASKED);

  constructor(
    readonly model: ReadModel,
    readonly registry: Registry,
    readonly today: string,
  ) {
    this.points = new Points(today);
    const byProvince = (mapDay: string | null) =>
      this.sums({ places: provinces(registry, model.units, mapDay), told: registry, known: LATEST });
    this.then = byProvince(null);
    this.now = byProvince(today);
  }

  async fill(pause: () => Promise<void>): Promise<void> {
    await this.then.fill(pause);
    await this.now.fill(pause);
  }

  flows = (query: FigureQuery, columns: FlowColumns, tally: Tally): boolean => {
    const sums = this.sumsFor(query);
    sums?.addFlow(query, columns, tally);
    return sums !== undefined;
  };

  levels = (query: FigureQuery, columns: LevelColumns): Tally | undefined => this.sumsFor(query)?.level(query, columns);

  counts = (query: FigureQuery, kind: Counted): Tally | undefined => this.sumsFor(query)?.count(query, kind);

  onFlow: OnFlow = (...change) => {
    for (const sums of this.all()) sums.onFlow(...change);
  };

  onStep: OnStep = (...change) => {
    for (const sums of this.all()) sums.onStep(...change);
  };

  onReport: OnReport = (...change) => {
    for (const sums of this.all()) sums.onReport(...change);
  };

  /** Lets go of what nobody has asked for in a while. */
  forgetUnasked(): void {
    const since = performance.now() - ASKED_MS;
    this.asked.drop(({ at }) => at < since);
  }

  private *all(): Iterable<Sums> {
    yield this.then;
    yield this.now;
    for (const { sums } of this.asked.values()) yield sums;
  }

  private sums(of: SumsOf): Sums {
    return new Sums(this.model, this.points, of);
  }

  private sumsFor(query: FigureQuery): Sums | undefined {
    if (query.today !== this.today) return undefined;
    const { lineage, told } = asKnown(query, this);
    const places = placesFor(query, lineage);
    if (!places) return undefined;
    const { known, mapDay } = query;
    const { units } = this.model;
    // The same by every map; today's has the fewest provinces, and where its units lie is worked out already.
    if (places === 'nation' && query.map !== 'today') {
      if (known === LATEST) return this.now;
      return this.askedFor(`nation/${known}`, () => this.sums({ places: nation(lineage, units), told, known }));
    }
    if (known === LATEST && mapDay === null) return this.then;
    if (known === LATEST && mapDay === this.today) return this.now;
    const key = `${query.map}/${known}`;
    return this.askedFor(key, () => this.sums({ places: provinces(lineage, units, mapDay), told, known }));
  }

  private askedFor(key: string, make: () => Sums): Sums {
    const asked = this.asked.get(key, () => ({ sums: make(), at: 0 }));
    asked.at = performance.now();
    return asked.sums;
  }
}
