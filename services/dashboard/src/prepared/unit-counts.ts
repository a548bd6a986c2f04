import { isAlive, valueOn } from '@gdtx/territory/records';
import { daysOf, territoryDays } from '@gdtx/territory/resolve';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { ReadModel } from '../columns/read-model.js';
import type { Key } from '../queries/places.js';
import { unitsOfKind, type Counted } from '../queries/registry-levels.js';
import { Lines } from './lines.js';
import { PlaceCodes } from './place-codes.js';
import type { Points } from './points.js';
import type { SumPlaces } from './sum-places.js';

/** Who lives since before everything that is known is counted from here on; earlier days aren't kept ready. */
export const FIRST_DAY = '1900-01-01';

/** How many units of a kind live at each point, by place and by their own kind: changes, as of a level. */
export class UnitCounts {
  readonly lines = new Lines();
  private readonly codes: PlaceCodes;

  /** `registry` says which units there are, `places` where they lie. */
  constructor(
    private readonly registry: Registry,
    private readonly model: Pick<ReadModel, 'units' | 'categories'>,
    kind: Counted,
    private readonly places: SumPlaces,
    private readonly points: Points,
  ) {
    this.codes = new PlaceCodes(places);
    for (const record of unitsOfKind(registry, kind)) this.count(record);
  }

  keyOf(code: number): Key {
    return this.codes.keyOf(code);
  }

  private count(record: UnitRecord): void {
    let line: ReturnType<Lines['of']> | undefined;
    for (const from of this.changesOf(record)) {
      const now = this.lineAt(record, this.points.day(from));
      if (now === line) continue;
      line?.add(from, -1, -1, 0, 0);
      now?.add(from, 1, 1, 0, 0);
      line = now;
    }
  }

  private changesOf(record: UnitRecord): number[] {
    const points = new Set<number>([this.points.from(FIRST_DAY)]);
    const add = (day: string | null) => day !== null && points.add(this.points.from(day));
    add(record.life.from);
    add(record.life.to);
    for (const { from } of record.subkinds) add(from);
    if (this.places.move) for (const day of [...daysOf(record), ...territoryDays(this.registry)]) add(day);
    return [...points].sort((a, b) => a - b);
  }

  private lineAt(record: UnitRecord, day: string) {
    if (!isAlive(record, day)) return undefined;
    const code = this.codes.on(day, this.model.units.number(record.id));
    return this.lines.of(code, this.model.categories.number(valueOn(record.subkinds, day) ?? ''));
  }
}
