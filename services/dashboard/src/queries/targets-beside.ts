import { isAlive, originsOf } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import type { Indicator } from '../indicators/indicator.js';
import type { FindTargets, Target, Targeted } from './figure.js';

type SetTarget = ReturnType<FindTargets>[number];

interface Why {
  vi: string;
  en: string;
}

/** Names a target that counts districts, in place of a category: half of all districts. */
const DISTRICTS = 'district';
/** Of accreditation. */
const HIGHEST_LEVEL = 4;

/** A unit's value of a category of the indicator, '' the value as a whole; undefined: the indicator has none by category. */
export type ValueOf = (category: string) => number | null | undefined;

/**
 * The targets of a unit beside its value on a day. One for a category is held against the value of that category, `counted`; one for a
 * level of accreditation against what has that level or a higher one; one about districts against the whole. One that was set for a unit or a tier that has ended by then is shown as it was
 * set, `comparable: false`, and is neither met nor missed. A unit for which none was set and which is made of whole units of
 * its own level, each with a target, is compared with their sum, `rebased`; only where values add up over units. See ADR 0016.
 */
export function targetsBeside(
  { unit, indicator, year, day }: { unit: string; indicator: Indicator; year: number; day: string },
  valueOf: ValueOf,
  registry: Registry,
  find: FindTargets,
): Targeted {
  const own = find(unit, indicator.id, year);
  const found: Target[] = own.map((target) => {
    const why = endedBy(unit, target, indicator, registry, day);
    const counted = why ? undefined : heldAgainst(target, indicator, valueOf);
    if (counted === undefined) return { ...target, met: null, comparable: false, why: why ?? NO_CATEGORY };
    return { ...target, ...(target.category === '' ? {} : { counted }), met: isMet(counted, target) };
  });
  if (own.length === 0) {
    const rebased = fromOrigins(unit, indicator, year, registry, find);
    if (rebased) found.push({ ...rebased, met: isMet(valueOf('') ?? null, rebased) });
  }
  if (found.length === 0) return {};
  const whole = found.find(({ category }) => category === '') ?? standsForWhole(found, indicator);
  const isCompared = whole !== undefined && whole.met !== null;
  return { ...(isCompared ? { target: whole.value, met: whole.met! } : {}), targets: found };
}

const isMet = (value: number | null, target: SetTarget): boolean => value !== null && value >= target.value;

const NO_CATEGORY: Why = { vi: 'Chỉ số không tính theo loại này.', en: 'The indicator has no value of this category.' };

/** What a target is held against; undefined: there is no such thing. */
function heldAgainst(target: SetTarget, indicator: Indicator, valueOf: ValueOf): number | null | undefined {
  if (target.level !== undefined) return fromLevel(target.level, valueOf);
  return valueOf(isAboutDistricts(target, indicator) ? '' : target.category);
}

/** Whoever has reached a higher level has reached this one. */
function fromLevel(level: number, valueOf: ValueOf): number | null {
  const told: number[] = [];
  for (let each = level; each <= HIGHEST_LEVEL; each++) {
    const value = valueOf(`level-${each}`);
    if (typeof value === 'number') told.push(value);
  }
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0);
}

/** The one target that there is, where it is about the whole in other words. */
function standsForWhole(found: readonly Target[], indicator: Indicator): Target | undefined {
  const [one, ...others] = found;
  if (!one || others.length > 0) return undefined;
  return one.level !== undefined || isAboutDistricts(one, indicator) ? one : undefined;
}

const isAboutDistricts = ({ category }: SetTarget, { categories }: Indicator): boolean =>
  category === DISTRICTS && !categories?.values?.[DISTRICTS];

/** Why a target can't be compared with anything on a day; undefined: it can. */
function endedBy(
  unit: string,
  target: SetTarget,
  indicator: Indicator,
  registry: Registry,
  day: string,
): Why | undefined {
  const { to } = registry.unit(unit)?.life ?? { to: null };
  if (to !== null && day >= to) {
    return { vi: `Đơn vị kết thúc ngày ${to}.`, en: `The unit ended on ${to}.` };
  }
  if (isAboutDistricts(target, indicator) && !anyDistrictOn(registry, day)) {
    return { vi: 'Không còn cấp huyện.', en: 'There are no districts any more.' };
  }
  return undefined;
}

function anyDistrictOn(registry: Registry, day: string): boolean {
  return registry.remember(`any district on ${day}`, () =>
    [...registry.all('district')].some((district) => isAlive(district, day)),
  );
}

/** The sum of the targets of the units that one is wholly made of; undefined where one of them has none. */
function fromOrigins(
  unit: string,
  indicator: Indicator,
  year: number,
  registry: Registry,
  find: FindTargets,
): (SetTarget & { rebased: NonNullable<Target['rebased']> }) | undefined {
  const record = registry.unit(unit);
  if (!record || !indicator.addsOverUnits || indicator.kind === 'ratio') return undefined;
  const origins = originsOf(record);
  const isWhole = origins.every(({ other, extent, otherKind }) => {
    const life = registry.unit(other)?.life;
    return extent === 'whole' && !otherKind && life?.to === record.life.from;
  });
  if (origins.length === 0 || !isWhole) return undefined;
  const parts = origins.map(({ other }) => {
    const target = find(other, indicator.id, year).find(({ category }) => category === '');
    return target && { unit: other, value: target.value };
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const value = parts.reduce((sum, part) => sum + part.value, 0);
  return { value, year, category: '', rebased: { how: 'sum', from: parts } };
}
