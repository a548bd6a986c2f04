import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitAlive } from '@gdtx/ledger/unit-rules';
import { firstDay, type Day } from '@gdtx/territory/days';
import type { UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { childrenOf, unitKey, withChildren } from './children.js';
import { codeFree, codeKeys, withCodes } from './official-codes.js';
import { unitAbolished, unitEstablished, unitMoved, unitRenamed } from './territory-facts.js';
import { TERRITORY, canEnd, happened, idUnused, notChangedThatDay } from '@gdtx/ledger/registry-rules';
import { elsewhere, parentFits, partOfTheCountry, some } from './unit-checks.js';

/** Decisions on one unit of territory. What is known of units is in the registry; states hold who had
 * which code and who lay where, so that neither is searched for. */

const established = defineFact({
  ...unitEstablished,
  keys: ({ data }) => [
    unitKey(data.unit),
    ...(data.parent ? [unitKey(data.parent)] : []),
    ...codeKeys([data.officialCode]),
  ],
  // The unit itself is nobody's yet; only who may write to the whole country may establish it.
  writes: ({ data }) => [data.parent || 'vn'],
  decide({ data }, states, { registry, today }) {
    const day = firstDay(data.effectiveOn);
    const unit = { id: data.unit, kind: data.kind };
    const claim = { unit: data.unit, kind: data.kind, code: data.officialCode, from: day, to: null };
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => idUnused(registry, data.unit, 'data.unit'),
      () => (data.parent ? parentFits(registry, unit, data.parent, day, 'data.parent') : undefined),
      () => codeFree(registry, states, claim, 'data.officialCode'),
    );
  },
  evolve: ({ data }, states) => ({
    ...withCodes(states, [{ unit: data.unit, code: data.officialCode }]),
    ...withChildren(states, [data]),
  }),
});

const renamed = defineFact({
  ...unitRenamed,
  keys: ({ data }) => [unitKey(data.unit), ...codeKeys([data.officialCode])],
  writes: ({ data }) => [data.unit],
  decide({ data }, states, { registry, today }) {
    const day = firstDay(data.effectiveOn);
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => territoryAlive(registry, data.unit, day),
      () => {
        const unit = registry.unit(data.unit)!;
        return firstRefusal(
          () =>
            notChangedThatDay(
              unit,
              day,
              (change) => change.kind === 'renamed' && saysOfTheSame(change, data),
              'data.unit',
            ),
          () => codeFree(registry, states, codeClaim(unit, data.officialCode, day), 'data.officialCode'),
        );
      },
    );
  },
  evolve: ({ data }, states) => withCodes(states, [{ unit: data.unit, code: data.officialCode }]),
});

const moved = defineFact({
  ...unitMoved,
  keys: ({ data }) => [unitKey(data.unit), unitKey(data.parent)],
  writes: ({ data }) => [data.unit, data.parent],
  decide({ data }, _states, { registry, today }) {
    const day = firstDay(data.effectiveOn);
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => partOfTheCountry(registry, data.unit, 'data.unit'),
      () => unitAlive(registry, data.unit, day, 'data.unit'),
      () => {
        const unit = registry.unit(data.unit)!;
        return firstRefusal(
          () => parentFits(registry, unit, data.parent, day, 'data.parent'),
          () => elsewhere(unit, data.parent, day, 'data.parent'),
          () => notChangedThatDay(unit, day, (change) => change.kind === 'moved', 'data.unit'),
        );
      },
    );
  },
  evolve: ({ data }, states) => withChildren(states, [data]),
});

const abolished = defineFact({
  ...unitAbolished,
  keys: ({ data }) => [unitKey(data.unit)],
  writes: ({ data }) => [data.unit],
  decide({ data }, states, { registry, today }) {
    const day = firstDay(data.effectiveOn);
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => partOfTheCountry(registry, data.unit, 'data.unit'),
      () => canEnd(registry.unit(data.unit)!, day, 'data.unit'),
      () => leavesNobody(registry, states, data.unit, day),
    );
  },
  evolve: () => ({}),
});

function territoryAlive(registry: Registry, unit: string, day: Day): Refusal | undefined {
  const known = registry.unit(unit);
  const kinds: readonly string[] = TERRITORY;
  if (known && !kinds.includes(known.kind)) {
    return refuse('wrong-kind', `\`${unit}\` is a ${known.kind}; here it must be a unit of territory.`, 'data.unit');
  }
  return unitAlive(registry, unit, day, 'data.unit');
}

interface Renaming {
  name: unknown;
  type?: string | undefined;
  officialCode?: string | undefined;
}

/** A new name and a new code of one day don't contradict each other; two names do. */
function saysOfTheSame(change: Partial<Renaming>, renaming: Renaming): boolean {
  return (
    (!!change.name && !!renaming.name) ||
    (!!change.type && !!renaming.type) ||
    (!!change.officialCode && !!renaming.officialCode)
  );
}

/** A new code holds until the unit's next one, or its end. */
function codeClaim(unit: UnitRecord, code: string, day: Day) {
  const next = unit.codes.find((span) => span.from !== null && span.from > day);
  return { unit: unit.id, kind: unit.kind, code, from: day, to: next?.from ?? unit.life.to };
}

function leavesNobody(registry: Registry, states: States, unit: string, day: Day): Refusal | undefined {
  const children = childrenOf(registry, states, unit, day);
  if (children.length === 0) return undefined;
  const who = some(children.map((child) => child.id));
  return refuse('has-children', `\`${unit}\` can't end on ${day}: ${who} would still lie in it.`, 'data.unit');
}

export const unitRules: FactRule<never>[] = [established, renamed, moved, abolished];
