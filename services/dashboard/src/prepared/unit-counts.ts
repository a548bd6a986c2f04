import { isAlive, valueOn } from '@gdtx/territory/records';
import { daysOf, territoryDays } from '@gdtx/territory/resolve';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import type { Key } from '../queries/places.js';
import { unitsOfKind, type Counted } from '../queries/registry-levels.js';
import { Lines } from './lines.js';
import type { Points } from './points.js';
import type { SumPlaces } from './sum-places.js';

/** Who lives since before everything that is known is counted from here on; earlier days aren't kept ready. */
export const FIRST_DAY = '1900-01-01';

/** How many units of a kind live at each point, by place and by their own kind: changes, as of a level. */
export class UnitCounts {
  readonly lines = new Lines();
  /** The points that are looked at of every unit: from which on they are counted, and where territory moves. */
  private readonly ofAll: readonly number[];

  /** `registry` says which units there are, `places` where they lie. */
  constructor(
    registry: Registry,
    private readonly model: Pick<ReadModel, 'units' | 'categories'>,
    kind: Counted,
    private readonly places: SumPlaces,
    private readonly points: Points,
  ) {
    const moves = places.move ? territoryDays(registry) : [];
    this.ofAll = [...new Set([FIRST_DAY, ...moves].map((day) => points.from(day)))];
    for (const record of unitsOfKind(registry, kind)) this.count(record);
  }

  keyOf(code: number): Key {
    return this.places.onDays.keyOf(code);
  }

  private count(record: UnitRecord): void {
    const unit = this.model.units.number(record.id);
    let line: ReturnType<Lines['of']> | undefined;
    for (const from of this.changesOf(record)) {
      const now = this.lineAt(record, unit, this.points.day(from));
      if (now === line) continue;
      line?.add(from, -1, -1, 0, 0);
      now?.add(from, 1, 1, 0, 0);
      line = now;
    }
  }

  private changesOf(record: UnitRecord): number[] {
    const points = [...this.ofAll];
    const add = (day: string | null) => {
      const point = day === null ? undefined : this.points.from(day);
      if (point !== undefined && !points.includes(point)) points.push(point);
    };
    add(record.life.from);
    add(record.life.to);
    for (const { from } of record.subkinds) add(from);
    if (this.places.move) for (const day of daysOf(record)) add(day);
    return points.sort((a, b) => a - b);
  }

  private lineAt(record: UnitRecord, unit: number, day: string) {
    if (!isAlive(record, day)) return undefined;
    const code = this.places.onDays.at(this.places.move ? day : this.points.today, unit);
    return this.lines.of(code, this.model.categories.number(valueOn(record.subkinds, day) ?? ''));
  }
}
