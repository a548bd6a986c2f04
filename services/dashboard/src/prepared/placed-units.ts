import type { Registry } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import type { Counted } from '../queries/registry-levels.js';
import { LevelPlaces } from './level-places.js';
import { made } from '../made.js';
import type { Points } from './points.js';
import type { SumPlaces } from './sum-places.js';
import { UnitCounts } from './unit-counts.js';

/** What sums take from the registry alone, whatever was reported by when: where the levels of units are put, and how many units live there. */
export class PlacedUnits {
  readonly levels: LevelPlaces;
  private readonly counted = new Map<Counted, UnitCounts>();

  /** `told` says which units there were, `places` where they lie. */
  constructor(
    readonly told: Registry,
    readonly places: SumPlaces,
    private readonly model: ReadModel,
    private readonly points: Points,
  ) {
    this.levels = new LevelPlaces(told, model.units, places, points);
  }

  counts(kind: Counted): UnitCounts {
    const { told, model, places, points } = this;
    return made(this.counted, kind, () => new UnitCounts(told, model, kind, places, points));
  }
}
