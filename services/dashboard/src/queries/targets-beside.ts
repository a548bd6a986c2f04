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

/**
 * The targets of a unit beside its value on a day. One that was set for a unit or a tier that has ended by then is shown as it was
 * set, `comparable: false`, and is neither met nor missed. A unit for which none was set and which is made of whole units of
 * its own level, each with a target, is compared with their sum, `rebased`; only where values add up over units. See ADR 0016.
 */
export function targetsBeside(
  { unit, indicator, year, day }: { unit: string; indicator: Indicator; year: number; day: string },
  value: number | null,
  registry: Registry,
  find: FindTargets,
): Targeted {
  const own = find(unit, indicator.id, year);
  const found: Target[] = own.map((target) => {
    const why = endedBy(unit, target, indicator, registry, day);
    return why ? { ...target, met: null, comparable: false, why } : { ...target, met: isMet(value, target) };
  });
  if (own.length === 0) {
    const rebased = fromOrigins(unit, indicator, year, registry, find);
    if (rebased) found.push({ ...rebased, met: isMet(value, rebased) });
  }
  if (found.length === 0) return {};
  const whole = found.length === 1 ? found[0]! : found.find(({ category }) => category === '');
  const isCompared = whole !== undefined && whole.met !== null;
  return { ...(isCompared ? { target: whole.value, met: whole.met! } : {}), targets: found };
}

const isMet = (value: number | null, target: SetTarget): boolean => value !== null && value >= target.value;

/** Why a target can't be compared with anything on a day; undefined: it can. */
function endedBy(
  unit: string,
  { category }: SetTarget,
  { categories }: Indicator,
  registry: Registry,
  day: string,
): Why | undefined {
  const { to } = registry.unit(unit)?.life ?? { to: null };
  if (to !== null && day >= to) {
    return { vi: `Đơn vị kết thúc ngày ${to}.`, en: `The unit ended on ${to}.` };
  }
  if (category === DISTRICTS && !categories?.values?.[DISTRICTS] && !anyDistrictOn(registry, day)) {
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
