import type { UnitRecord } from '@gdtx/territory/registry';
import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import type { AsKnown } from './as-known.js';
import type { EntryPart } from './entry-parts.js';
import { kindOf, type TermQuery } from './evaluate.js';
import { hasBegun, lastDayAsked } from './levels.js';
import { Places } from './places.js';
import { coverage } from './coverage.js';
import { livingUnits } from './registry-levels.js';

export interface RegistryPart {
  service: string;
  seq: number;
  value: number;
  term: EntryPart['term'];
  /** A unit that it counts is simulated. */
  simulated: boolean;
}

/**
 * The registry entries by which the counted units exist: an entry that established several has a part for each. Whether they
 * lived is said by `told`, where they lay by `lineage`.
 */
export function registryParts(
  terms: readonly TermQuery[],
  { told, lineage }: Pick<AsKnown, 'told' | 'lineage'>,
): RegistryPart[] {
  const parts = new Map<string, RegistryPart>();
  const count = (unit: string, term: EntryPart['term']) => {
    const record = told.unit(unit) ?? lineage.unit(unit);
    const entry = establishing(record);
    if (!entry) return;
    const simulated = record?.simulated === true;
    const key = `${term ?? ''}/${entry.service}/${entry.seq}`;
    const part = parts.get(key);
    if (part) part.value++;
    else parts.set(key, { service: entry.service, seq: entry.seq, value: 1, term, simulated });
  };
  for (const { query, side } of terms) {
    if (!lineage.unit(query.unit) || !hasBegun(query)) continue;
    if (query.indicator.id === 'community-coverage') {
      const { covering, communes } = coverage({ ...query, by: [] }, { told, lineage });
      for (const { id } of covering) count(id, 'numerator');
      for (const commune of communes) count(commune, 'denominator');
      continue;
    }
    const day = lastDayAsked(query);
    const includes = new Places(lineage, query).includes();
    const moment = { month: monthIndexOf(monthOf(day)), day };
    for (const { unit } of livingUnits(told, kindOf(query.indicator))(day)) {
      if (includes(unit, moment)) count(unit, side);
    }
  }
  return [...parts.values()].sort((a, b) => (a.service === b.service ? a.seq - b.seq : a.service < b.service ? -1 : 1));
}

/** The entry by which a unit began: the first of its history that it didn't end by. */
function establishing(record: UnitRecord | undefined) {
  return record?.changes[0]?.entry;
}
