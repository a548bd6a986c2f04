import type { Registry } from '@gdtx/territory/registry';
import { LATEST, stoodBy } from '../columns/known.js';
import type { LevelColumns } from '../columns/level-columns.js';
import { dayNumber } from '../columns/level-events.js';
import type { ReadModel } from '../columns/read-model.js';
import { heirsOfLevels, saidAnewFrom } from './heirs.js';
import { bearerOn } from './places.js';

/** Who bears a unit's level on a day; undefined when nobody does any more. */
export type BearerOf = (unit: string) => { unit: string; carried: boolean } | undefined;

/** The days on which a unit reported of an indicator, in order: of its events that stand, of whatever part, as known at a month. */
export class ReportDays {
  private readonly known = new Map<number, number[]>();

  constructor(
    private readonly model: ReadModel,
    private readonly indicator: string,
    private readonly asOf = LATEST,
  ) {}

  /** The first day from `since` on; Infinity: none. */
  firstSince(unit: number, since: number): number {
    return this.daysOf(unit).find((day) => day >= since) ?? Infinity;
  }

  private daysOf(unit: number): number[] {
    let days = this.known.get(unit);
    if (!days) {
      if (this.known.size === 0) this.read();
      this.known.set(unit, (days = this.known.get(unit) ?? []));
    }
    return days;
  }

  /** One pass for all units, when the first is asked for. */
  private read(): void {
    for (const columns of this.model.levelsOfAllParts(this.indicator)) {
      for (const { length, series, day, recorded, withdrawn } of columns.chunks) {
        for (let i = 0; i < length; i++) {
          if (stoodBy(this.asOf, recorded[i]!, withdrawn[i]!)) this.note(columns, series[i]!, day[i]!);
        }
      }
    }
    for (const days of this.known.values()) days.sort((a, b) => a - b);
  }

  private note({ series }: LevelColumns, of: number, day: number): void {
    const unit = series.unit[of]!;
    const days = this.known.get(unit);
    if (days) days.push(day);
    else this.known.set(unit, [day]);
  }
}

/**
 * Who bears the levels on a day. A predecessor's ends the day before it ends; its successor carries the sum, estimated, until its own
 * first report, and hands on only what it still carries. Of one that was divided without a default all successors have to report.
 */
export function bearersOn(day: string, reports: ReportDays, model: ReadModel, registry: Registry): BearerOf {
  const until = dayNumber(day);
  return (unit) => {
    const bearer = bearerOn(registry, unit, day);
    if (!bearer?.carried) return bearer;
    const heirs = heirsOfLevels(registry, registry.unit(unit)!, (heir) => model.units.find(heir) ?? -1);
    return saidAnewFrom(heirs, (heir, since) => reports.firstSince(heir, since)) <= until ? undefined : bearer;
  };
}
