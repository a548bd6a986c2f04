import { isAlive, valueOn } from '@gdtx/territory/records';
import { daysOf, territoryDays } from '@gdtx/territory/resolve';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import type { ReadModel } from '../columns/read-model.js';
import { cellsOf, codeWith, numberOf } from '../queries/unit-codes.js';
import type { Key } from '../queries/places.js';
import { Lines } from './lines.js';
import type { Points } from './points.js';

/** Who lives since before everything that is known is counted from here on; earlier days aren't kept ready. */
export const FIRST_DAY = '1900-01-01';

/** How many units of a kind live at each point, by the provinces of one map and by their own kind: changes, as of a level. */
export class UnitCounts {
  readonly lines = new Lines();
  private readonly keys: Key[] = [];
  private readonly codes = new Map<string, number>();
  private readonly units: Dictionary;

  /** `mapDay` null: by `then`. */
  constructor(
    private readonly registry: Registry,
    private readonly model: ReadModel,
    kind: 'centre' | 'community-centre',
    private readonly mapDay: string | null,
    private readonly points: Points,
  ) {
    this.units = model.units;
    for (const record of registry.all(kind)) this.count(record);
  }

  keyOf(code: number): Key {
    return this.keys[numberOf(code)]!;
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
    const days = new Set<string>([FIRST_DAY, ...daysOf(record)]);
    for (const { from } of record.subkinds) if (from !== null) days.add(from);
    if (this.mapDay === null) for (const day of territoryDays(this.registry)) days.add(day);
    return [...new Set([...days].map((day) => this.points.from(day)))].sort((a, b) => a - b);
  }

  private lineAt(record: UnitRecord, day: string) {
    if (!isAlive(record, day)) return undefined;
    const cells = cellsOf(this.registry, this.units, this.mapDay ?? day, 'province');
    const key = cells.key(cells.always(this.units.number(record.id)));
    const code = codeWith(this.number(key), record.simulated === true);
    return this.lines.of(code, this.model.categories.number(valueOn(record.subkinds, day) ?? ''));
  }

  private number(key: Key): number {
    const name = JSON.stringify(key);
    let number = this.codes.get(name);
    if (number === undefined) {
      number = this.keys.push(key) - 1;
      this.codes.set(name, number);
    }
    return number;
  }
}
