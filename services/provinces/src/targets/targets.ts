import type { LegalBasis } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { TargetSet } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule } from '@gdtx/ledger/fact';
import { legalBasis, noteAndSource, unitId, year } from '@gdtx/ledger/forms';
import { refuse, unitUnknown, type Refusal } from '@gdtx/ledger/refusal';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { plainWithLists } from '@gdtx/contracts/plain';

/** Targets that were set for units: how much of an indicator is to be reached in a year. Years to come are the usual case. */

export interface Target {
  indicator: string;
  category?: string;
  year: number;
  value: number;
  legalBasis: Partial<LegalBasis>[];
  note?: string;
}

/** The targets of one unit that stand, by year, indicator and category. */
export interface TargetsState {
  targets: Target[];
}

export const targetsKey = (unit: string): string => `targets:${unit}`;

const slug = (what: string) => z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, `must be the id of ${what}`);

const targetSet = defineFact({
  name: 'TargetSet',
  title: { vi: 'Giao chỉ tiêu', en: 'Target set' },
  description:
    'A unit is to reach a value of an indicator in a year, in that indicator’s unit of measure; said again, the later one holds.',
  ledger: 'vn',
  // Whoever answers for a territory sets its targets: the ministry for the country, a province for itself and below.
  roles: ['registrar', 'province-officer', 'inspector'],
  message: TargetSet,
  schema: z.strictObject({
    unit: unitId,
    indicator: slug('an indicator'),
    category: slug('a category').optional(),
    year,
    value: z.number('must be a number').min(0, 'must not be below zero').max(1e12, 'is larger than any target here'),
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'vn',
    data: {
      unit: 'vn',
      indicator: 'community-internet',
      year: 2025,
      value: 70,
      legalBasis: [{ number: '1373/QĐ-TTg', issuedOn: '2021-07-30', issuer: 'Thủ tướng Chính phủ' }],
    },
  },
  keys: ({ data }) => [targetsKey(data.unit), `unit:${data.unit}`],
  writes: ({ data }) => [data.unit],
  decide: ({ data }, _states, { registry }) => livesInYear(registry, data.unit, data.year),
  evolve({ data }, states) {
    const { indicator, category, year: inYear, value, legalBasis: basis, note } = data;
    const target: Target = {
      indicator,
      ...(category ? { category } : {}),
      year: inYear,
      value,
      legalBasis: basis.map(plainWithLists) as Target['legalBasis'],
      ...(note ? { note } : {}),
    };
    const others = (states.get<TargetsState>(targetsKey(data.unit))?.targets ?? []).filter(
      (other) => order(other, target) !== 0,
    );
    return { [targetsKey(data.unit)]: { targets: [...others, target].sort(order) } satisfies TargetsState };
  },
});

/** The unit lives on at least a day of the year. */
function livesInYear(registry: Registry, unit: string, inYear: number): Refusal | undefined {
  const known = registry.unit(unit);
  if (!known) return unitUnknown(unit, 'data.unit');
  const { from, to } = known.life;
  if (from !== null && from > `${inYear}-12-31`) {
    return refuse('unit-not-yet', `\`${unit}\` exists since ${from}, not yet in ${inYear}.`, 'data.year');
  }
  if (to !== null && to <= `${inYear}-01-01`) {
    return refuse('unit-ended', `\`${unit}\` ended on ${to} and has no target in ${inYear}.`, 'data.year');
  }
  return undefined;
}

function order(a: Target, b: Target): number {
  return a.year - b.year || compare(a.indicator, b.indicator) || compare(a.category ?? '', b.category ?? '');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const targetRules: FactRule<never>[] = [targetSet];
