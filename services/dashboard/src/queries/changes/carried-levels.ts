import { dayNumber } from '../../columns/level-events.js';
import { stoodBy } from '../../columns/known.js';
import type { AsKnown } from '../as-known.js';
import type { BearerOf } from '../bearers.js';
import type { FigureQuery } from '../figure-query.js';
import { levelsOfUnits } from './unit-amounts.js';

/** What a successor carried of its predecessor's level, until an entry ended it: its own first report, or back when that was withdrawn. */
export interface CarriedOver {
  /** The successor's. */
  ledger: string;
  seq: number;
  term: number;
  value: number;
  predecessor: string;
}

/**
 * A level can change by an entry of another ledger: the first report of a successor ends what it carried. `before` and `after`
 * say who bears a unit's level, by what was reported until the one month and until the other.
 */
export function carriedOver(
  term: number,
  query: FigureQuery,
  day: string,
  { model, told }: AsKnown,
  before: BearerOf,
  after: BearerOf,
  includes: (unit: string) => boolean,
  sinceMonth: number,
): CarriedOver[] {
  const found: CarriedOver[] = [];
  for (const [unit, level] of levelsOfUnits(model, query, day)) {
    const [then, now] = [before(unit), after(unit)];
    const bearer = then ?? now;
    // Only whether it is still carried can differ.
    if (!bearer || (then && now) || !includes(bearer.unit) || level === 0) continue;
    const since = dayNumber(told.unit(unit)!.life.to!);
    const report = changedReport(query, model, bearer.unit, since, dayNumber(day), sinceMonth);
    if (report) found.push({ ...report, term, value: now ? level : -level, predecessor: unit });
  }
  return found;
}

/** Of a unit's reports in a time, the first that was recorded, or withdrawn, after a month. */
function changedReport(
  { indicator, known }: FigureQuery,
  model: AsKnown['model'],
  unit: string,
  from: number,
  to: number,
  sinceMonth: number,
): Pick<CarriedOver, 'ledger' | 'seq'> | undefined {
  const number = model.units.find(unit);
  let found: { ledger: number; seq: number; recorded: number } | undefined;
  for (const { chunks, series } of model.levelsOfAllParts(indicator.id)) {
    for (const { length, series: of, day, seq, recorded, withdrawn } of chunks) {
      for (let i = 0; i < length; i++) {
        if (series.unit[of[i]!] !== number || day[i]! < from || day[i]! > to) continue;
        const [then, now] = [sinceMonth, known].map((month) => stoodBy(month, recorded[i]!, withdrawn[i]!));
        if (then === now || (found && found.recorded <= recorded[i]!)) continue;
        found = { ledger: series.ledger[of[i]!]!, seq: seq[i]!, recorded: recorded[i]! };
      }
    }
  }
  return found && { ledger: model.ledgers.text(found.ledger), seq: found.seq };
}
