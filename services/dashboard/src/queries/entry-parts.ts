import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { FlowColumns } from '../columns/flow-columns.js';
import { levelSteps } from '../columns/level-steps.js';
import type { Contribution, LevelEvent } from '../model.js';
import type { AsKnown } from './as-known.js';
import type { TermQuery } from './evaluate.js';
import { bounds, balanceLeftOut } from './flows.js';
import { bearersOn, ReportDays } from './bearers.js';
import { hasBegun, lastDayAsked } from './levels.js';
import { Places } from './places.js';
import { EXCLUDED, inclusionOf, RowCodes } from './row-codes.js';
import { VARIES } from './unit-codes.js';

/** What an entry adds to a figure; of a ratio, to which side. */
export interface EntryPart {
  seq: number;
  value: number;
  term: 'numerator' | 'denominator' | undefined;
}

/** The ledgers with anything that may be part of the figure: `<service>/<unit>`, in order. */
export function ledgersBehind(terms: readonly TermQuery[], known: AsKnown): string[] {
  const { model, lineage, told } = known;
  const found = new Set<string>();
  if (terms.some(({ query }) => !lineage.unit(query.unit))) return [];
  for (const { query } of terms) {
    if (!hasBegun(query)) continue;
    const includes = new Places(lineage, query).includes();
    const id = query.indicator.id;
    if (query.indicator.kind === 'flow') {
      const columns = model.flows(id, query.part);
      if (columns) for (const ledger of ledgersOfFlow(query, columns, known)) found.add(model.ledgers.text(ledger));
    } else {
      // Of a predecessor whose level is carried, whoever carries it may lie elsewhere than itself.
      const day = lastDayAsked(query);
      const moment = { month: monthIndexOf(monthOf(day)), day };
      const bearerOf = bearersOn(day, new ReportDays(model, id, query.known), model, told);
      const columns = model.levels(id, query.part);
      for (let i = 0; i < (columns?.series.length ?? 0); i++) {
        const bearer = bearerOf(model.units.text(columns!.series.unit[i]!));
        if (!bearer || !includes(bearer.unit, moment)) continue;
        found.add(model.ledgers.text(columns!.series.ledger[i]!));
      }
    }
    for (const balance of model.balances(id, query.known)) {
      const moment = { month: monthIndexOf(monthOf(balance.to)), day: null };
      if (includes(balance.at || balance.unit, moment)) found.add(`${balance.service}/${balance.unit}`);
    }
  }
  return [...found].sort();
}

/** The ledgers with a row in the asked months of a unit that lies in the figure's unit, if not always. */
function ledgersOfFlow(query: Query, { chunks, series }: FlowColumns, { model, lineage }: AsKnown): Set<number> {
  const [first, last] = bounds(query);
  const seen = new Uint8Array(series.length);
  for (const { length, series: of, month } of chunks) {
    for (let i = 0; i < length; i++) if (month[i]! >= first && month[i]! <= last) seen[of[i]!] = 1;
  }
  const ledgers = new Set<number>();
  const codes = new RowCodes(inclusionOf(query, lineage, model.units), undefined, () => 0);
  const isEverIn = (unit: number): boolean => {
    const code = codes.always(unit);
    return code === VARIES ? codes.runs(unit).some((run) => run.code !== EXCLUDED) : code !== EXCLUDED;
  };
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === 1 && isEverIn(series.unit[i]!)) ledgers.add(series.ledger[i]!);
  }
  return ledgers;
}

/** The parts that the entries of a ledger, folded, have in a figure: each entry at most once a side, in order. */
export type PartsOfLedger = (ledger: string, parts: ReadonlyMap<number, Contribution[]>) => EntryPart[];

/** For any number of ledgers: what they all need is worked out once. */
export function entryParts(terms: readonly TermQuery[], sources: AsKnown): PartsOfLedger {
  const sides = terms.map(({ query, side, sign }) => ({
    ...{ side, sign },
    of: query.indicator.kind === 'flow' ? flowParts(query, sources) : levelParts(query, sources),
  }));
  return (ledger, parts) => {
    const found: EntryPart[] = [];
    for (const { side, sign, of } of sides) {
      for (const [seq, value] of of(ledger, parts)) found.push({ seq, value: sign * value, term: side });
    }
    return found.sort((a, b) => a.seq - b.seq);
  };
}

/** Whether a part is looked at at all when a figure is computed again: of levels every part, since any is a report. */
export function isNeeded(terms: readonly TermQuery[]): (part: Contribution) => boolean {
  const wanted = new Map<string, { parts: Set<string>; first: string; last: string }>();
  for (const { query } of terms) {
    const [first, last] = [query.from ?? '', query.to ?? '9999-12'];
    const known = wanted.get(query.indicator.id);
    if (known) known.parts.add(query.part);
    else wanted.set(query.indicator.id, { parts: new Set([query.part]), first, last });
  }
  return (part) => {
    if (part.kind === 'record' || part.kind === 'period') return false;
    const asked = wanted.get(part.indicator);
    if (!asked || part.kind !== 'flow') return asked !== undefined;
    return asked.parts.has(part.part) && part.month >= asked.first && part.month <= asked.last;
  };
}

type Query = TermQuery['query'];
type BySeq = Map<number, number>;
type PartsBySeq = (ledger: string, parts: ReadonlyMap<number, Contribution[]>) => BySeq;

function flowParts(query: Query, { lineage }: AsKnown): PartsBySeq {
  const includes = new Places(lineage, query).includes();
  const [first, last] = bounds(query);
  return (ledger, parts) => {
    const bySeq: BySeq = new Map();
    for (const [seq, contributions] of parts) {
      for (const part of contributions) {
        if ((part.kind !== 'flow' && part.kind !== 'balance') || !isAsked(part, query)) continue;
        if (part.kind === 'balance' && (query.part !== '' || balanceLeftOut(part, query))) continue;
        const month = monthIndexOf(part.kind === 'flow' ? part.month : monthOf(part.to));
        if (part.kind === 'flow' && (month < first || month > last)) continue;
        if (!includes(part.at || ledger, { month, day: null })) continue;
        bySeq.set(seq, (bySeq.get(seq) ?? 0) + part.value);
      }
    }
    return bySeq;
  };
}

function levelParts(query: Query, { model, lineage, told }: AsKnown): PartsBySeq {
  const includes = new Places(lineage, query).includes();
  const day = lastDayAsked(query);
  const moment = { month: monthIndexOf(monthOf(day)), day };
  const bearerOf = bearersOn(day, new ReportDays(model, query.indicator.id, query.known), model, told);
  return (ledger, parts) => {
    const events: LevelEvent[] = [];
    for (const [seq, contributions] of parts) {
      for (const part of contributions) {
        if (part.kind !== 'level' || !isAsked(part, query)) continue;
        events.push({ ...part, at: part.at ?? '', seq, recorded: 0, withdrawn: null });
      }
    }
    const bySeq: BySeq = new Map();
    for (const step of levelSteps(events)) {
      if (step.event.day > day) continue;
      const bearer = bearerOf(step.event.at || ledger);
      if (!bearer || !includes(bearer.unit, moment)) continue;
      bySeq.set(step.event.seq, (bySeq.get(step.event.seq) ?? 0) + step.value);
    }
    return bySeq;
  };
}

export function isAsked(part: Exclude<Contribution, { kind: 'record' | 'period' }>, query: Query): boolean {
  return (
    part.indicator === query.indicator.id &&
    part.part === query.part &&
    (query.only === undefined || part.category === query.only)
  );
}
