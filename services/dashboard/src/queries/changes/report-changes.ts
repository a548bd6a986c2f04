import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Entry, EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { lastDayOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { stoodBy } from '../../columns/known.js';
import { foldWholeLedger } from '../../projector/whole-ledger.js';
import { bounds } from '../flows.js';
import { readLedgers, type LedgersReader } from '../ledger-batches.js';
import { TYPES } from '../refold.js';
import type { AsKnown } from '../as-known.js';
import type { CarriedOver } from './carried-levels.js';
import type { ChangePart, Why } from './change.js';
import { LedgerEffects, type Effect, type EffectTerm } from './ledger-effects.js';

/** From when to when, as moments and as months. */
export interface Span {
  since: number;
  until: number;
  sinceMonth: number;
  untilMonth: number;
}

/** The ledgers in which something was recorded that may have changed the figure: `<service>/<unit>`. */
export function changedLedgers(
  terms: readonly EffectTerm[],
  { model }: AsKnown,
  { sinceMonth, untilMonth }: Span,
): Set<string> {
  const found = new Set<string>();
  const isNews = (recorded: number) => recorded > sinceMonth && recorded <= untilMonth;
  const differs = (recorded: number, withdrawn: number | null) =>
    stoodBy(sinceMonth, recorded, withdrawn) !== stoodBy(untilMonth, recorded, withdrawn);
  for (const { query, includes, bears } of terms) {
    const { id, kind } = query.indicator;
    if (kind === 'flow') {
      const [first, last] = bounds(query);
      const columns = model.flows(id, query.part);
      for (const { length, series: of, month, recorded } of columns?.chunks ?? []) {
        for (let i = 0; i < length; i++) {
          if (!isNews(recorded[i]!) || month[i]! < first || month[i]! > last) continue;
          const { unit, ledger } = columns!.series;
          const name = model.ledgers.text(ledger[of[i]!]!);
          if (found.has(name)) continue;
          if (includes(model.units.text(unit[of[i]!]!), { month: month[i]!, day: null })) found.add(name);
        }
      }
    } else {
      const columns = model.levels(id, query.part);
      for (const { length, series: of, recorded, withdrawn } of columns?.chunks ?? []) {
        for (let i = 0; i < length; i++) {
          if (!differs(recorded[i]!, withdrawn[i]!)) continue;
          const { unit, ledger } = columns!.series;
          const name = model.ledgers.text(ledger[of[i]!]!);
          if (!found.has(name) && bears(model.units.text(unit[of[i]!]!))) found.add(name);
        }
      }
    }
    for (const { service, unit, at, to, recorded, withdrawn } of model.allBalances(id)) {
      const moment = { month: monthIndexOf(monthOf(to)), day: null };
      if (differs(recorded, withdrawn) && includes(at || unit, moment)) found.add(`${service}/${unit}`);
    }
  }
  return found;
}

/** By how much each entry of reports changed the figure, ledger by ledger, each up to an entry, read from their owners. */
export async function* reportChanges(
  terms: readonly EffectTerm[],
  ledgers: ReadonlyMap<string, number>,
  carried: readonly CarriedOver[],
  { since, until, sinceMonth }: Span,
  readMany: LedgersReader,
  pause: () => Promise<void>,
): AsyncGenerator<ChangePart | { broken: string }> {
  // What is recorded doesn't go back in time.
  const isAsked = ({ service, unit, seq, recordedAt }: Entry): boolean =>
    recordedAt <= until && seq <= ledgers.get(`${service}/${unit}`)!;
  const carriedTo = byLedger(carried);
  for await (const { service, unit, entries, brokenAt } of readLedgers([...ledgers.keys()], readMany, isAsked)) {
    const ledger = `${service}/${unit}`;
    if (brokenAt !== null) yield { broken: `${ledger}/${brokenAt}` };
    const effects = new LedgerEffects(terms, unit, entries.findLast(({ recordedAt }) => recordedAt <= since)?.seq ?? 0);
    foldWholeLedger(entries, TYPES, effects);
    const reasons = new Reasons(entries, lastDayOfMonth(monthAt(sinceMonth)));
    for (const [seq, effect] of [...effects.byEntry].sort(([a], [b]) => a - b)) {
      const entry = entries[seq - 1]!;
      for (const [term, value] of effect.values) {
        const { side, sign } = terms[term]!;
        if (value !== 0) yield { entry, value: sign * value, term: side, ...reasons.of(entry, effect) };
      }
    }
    for (const { seq, term, value, predecessor } of carriedTo.get(ledger) ?? []) {
      const { side, sign } = terms[term]!;
      yield { entry: entries[seq - 1]!, value: sign * value, term: side, why: 'first-report', of: predecessor };
    }
    await pause();
  }
}

function byLedger(carried: readonly CarriedOver[]): Map<string, CarriedOver[]> {
  const found = new Map<string, CarriedOver[]>();
  for (const each of carried) {
    const those = found.get(each.ledger);
    if (those) those.push(each);
    else found.set(each.ledger, [each]);
  }
  return found;
}

/** Why entries of one ledger changed anything. */
class Reasons {
  /** By the correction's seq: the entry whose place it takes. */
  private readonly corrected = new Map<number, number>();
  private readonly withdrawn = new Map<number, number>();

  constructor(
    entries: readonly Entry[],
    private readonly knownDay: string,
  ) {
    for (const { seq, type, data } of entries) {
      if (!isWithdrawal(type)) continue;
      const said = codecOf(type)?.decode(data) as EntryWithdrawn | undefined;
      if (!said) continue;
      this.withdrawn.set(seq, said.seq);
      if (said.correction) this.corrected.set(said.correction.seq, said.seq);
    }
  }

  of({ seq }: Entry, { of }: Effect): { why: Why; of?: number } {
    const withdrawn = this.withdrawn.get(seq);
    if (withdrawn !== undefined) return { why: 'withdrawal', of: withdrawn };
    const corrected = this.corrected.get(seq);
    if (corrected !== undefined) return { why: 'correction', of: corrected };
    return { why: of <= this.knownDay ? 'late' : 'new' };
  }
}

export const isWithdrawal = (type: string): boolean => /^vn\.gdtx\.[a-z-]+\.EntryWithdrawn\.v\d+$/.test(type);
