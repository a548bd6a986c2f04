import type { LoadFact } from '../load/fact.js';
import type { Acknowledged } from '../load/receipts.js';
import { ledgerName, type Ledgers } from './check-ledgers.js';

/** What the figures must be, of what was acknowledged alone. */
export interface Expected {
  /** By indicator and unit. */
  values: Map<string, Map<string, number>>;
  targets: { unit: string; indicator: string; year: number; value: number }[];
}

/** Adds up what was acknowledged: simple sums, and the last of what holds until the next. */
export function expectedOf(acknowledged: readonly Acknowledged[], ledgers: Ledgers): Expected {
  const seqs = new Map<string, number>();
  for (const [name, entries] of ledgers) for (const { id, seq } of entries) seqs.set(`${name} ${id}`, seq);
  const seqOf = (fact: LoadFact) => seqs.get(`${ledgerName(fact)} ${fact.id}`) ?? 0;
  const withdrawn = new Set(acknowledged.flatMap(({ fact }) => fact.withdraws ?? []));
  const standing = acknowledged.flatMap(({ fact }) => {
    const facts = fact.correction ? [fact, fact.correction] : [fact];
    return facts.filter(({ id }) => !withdrawn.has(id));
  });
  // By seq, so that of two on one day the later one overwrites.
  standing.sort((a, b) => seqOf(a) - seqOf(b));
  const values = new Map<string, Map<string, number>>();
  const since = new Map<string, string>();
  const targets = new Map<string, Expected['targets'][number]>();
  for (const effect of standing.flatMap(({ effects }) => effects)) {
    const { indicator, unit, value } = effect;
    if (effect.kind === 'target') {
      const { year } = effect;
      targets.set(`${unit} ${indicator} ${year}`, { unit, indicator, year, value });
      continue;
    }
    const byUnit = values.get(indicator) ?? new Map<string, number>();
    values.set(indicator, byUnit);
    if (effect.kind === 'flow') byUnit.set(unit, (byUnit.get(unit) ?? 0) + value);
    else if (effect.day >= (since.get(`${unit} ${indicator}`) ?? '')) {
      since.set(`${unit} ${indicator}`, effect.day);
      byUnit.set(unit, value);
    }
  }
  return { values, targets: [...targets.values()] };
}
