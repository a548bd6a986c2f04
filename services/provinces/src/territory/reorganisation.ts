import type { EstablishedUnit, Part, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, FactRule, States } from '@gdtx/ledger/fact';
import { refuse, unitUnknown, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitAlive } from '@gdtx/ledger/unit-rules';
import { dayBefore, firstDay, type Day } from '@gdtx/territory/days';
import { isAlive } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { childrenOf, unitKey, withChildren } from './children.js';
import { codeFree, codeKeys, withCodes } from './official-codes.js';
import { unitsReorganised } from './territory-facts.js';
import { canEnd, happened, idUnused, notChangedThatDay } from '@gdtx/ledger/registry-rules';
import { elsewhere, kindFits, parentFits, partOfTheCountry } from './unit-checks.js';

/** A reorganisation as its decision looks at it. One fact may hold a whole province's: everything is looked up, nothing searched. */
interface Plan {
  day: Day;
  registry: Registry;
  states: States;
  established: ReadonlyMap<string, EstablishedUnit>;
  partsOf: ReadonlyMap<string, Part[]>;
  targets: ReadonlySet<string>;
  /** Sources that are no target. */
  ending: ReadonlySet<string>;
  moved: ReadonlyMap<string, string>;
}

function planOf(data: UnitsReorganised, states: States, registry: Registry): Plan {
  const partsOf = new Map<string, Part[]>();
  for (const part of data.parts) {
    const others = partsOf.get(part.from);
    if (others) others.push(part);
    else partsOf.set(part.from, [part]);
  }
  const targets = new Set(data.parts.map((part) => part.to));
  return {
    day: firstDay(data.effectiveOn),
    registry,
    states,
    established: new Map(data.established.map((unit) => [unit.unit, unit])),
    partsOf,
    targets,
    ending: new Set([...partsOf.keys()].filter((unit) => !targets.has(unit))),
    moved: new Map(data.moved.map(({ unit, parent }) => [unit, parent])),
  };
}

const reorganised = defineFact({
  ...unitsReorganised,
  keys: ({ data }) => [
    ...unitsNamed(data).map(unitKey),
    ...codeKeys(data.established.map((unit) => unit.officialCode)),
  ],
  writes({ data }) {
    const begun = new Set(data.established.map((unit) => unit.unit));
    return unitsNamed(data).filter((unit) => !begun.has(unit));
  },
  decide({ data }, states, { registry, today }: Context) {
    const plan = planOf(data, states, registry);
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => each(data.established, 'established', (unit, path) => canBegin(plan, unit, path)),
      () =>
        onceEach(
          data.established.map((unit) => unit.unit),
          'established',
        ),
      () => codesDiffer(data.established),
      () =>
        onceEach(
          data.parts.map((part) => `${part.from} to ${part.to}`),
          'parts',
        ),
      () => each(data.parts, 'parts', (part, path) => endsAreThere(plan, part, path)),
      () => each(data.parts, 'parts', (part, path) => goesOver(plan, part, path)),
      () =>
        onceEach(
          data.moved.map((move) => move.unit),
          'moved',
        ),
      () => each(data.moved, 'moved', (move, path) => canMove(plan, move, path)),
      () => leavesNobody(plan),
    );
  },
  evolve: ({ data }, states) => ({
    ...withCodes(
      states,
      data.established.map(({ unit, officialCode }) => ({ unit, code: officialCode })),
    ),
    ...withChildren(states, [...data.established, ...data.moved]),
  }),
});

function unitsNamed(data: UnitsReorganised): string[] {
  const named = new Set<string>();
  for (const { unit, parent } of data.established) named.add(unit).add(parent);
  for (const { from, to } of data.parts) named.add(from).add(to);
  for (const { unit, parent } of data.moved) named.add(unit).add(parent);
  return [...named].filter(Boolean);
}

function each<Item>(
  items: readonly Item[],
  field: string,
  check: (item: Item, path: string) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, item] of items.entries()) {
    const refusal = check(item, `data.${field}.${index}`);
    if (refusal) return refusal;
  }
  return undefined;
}

function onceEach(names: readonly string[], field: string): Refusal | undefined {
  const seen = new Set<string>();
  return each(names, field, (name, path) =>
    seen.size === seen.add(name).size ? refuse('contradicts', `\`${name}\` is named twice.`, path) : undefined,
  );
}

function canBegin(plan: Plan, unit: EstablishedUnit, path: string): Refusal | undefined {
  const { registry, states, day, ending } = plan;
  const claim = { unit: unit.unit, kind: unit.kind, code: unit.officialCode, from: day, to: null };
  return firstRefusal(
    () => idUnused(registry, unit.unit, `${path}.unit`),
    () =>
      unit.parent ? newParentFits(plan, { id: unit.unit, kind: unit.kind }, unit.parent, `${path}.parent`) : undefined,
    () => codeFree(registry, states, claim, `${path}.officialCode`, ending),
  );
}

/** The parent begins by this fact, or is there and doesn't end by it. */
function newParentFits(
  plan: Plan,
  unit: { id: string; kind: string },
  parent: string,
  path: string,
): Refusal | undefined {
  const begun = plan.established.get(parent);
  if (begun) return kindFits(unit, { id: parent, kind: begun.kind }, path);
  if (plan.ending.has(parent)) {
    return refuse(
      'unit-ended',
      `\`${parent}\` ends by this very reorganisation; \`${unit.id}\` can't lie in it.`,
      path,
    );
  }
  return parentFits(plan.registry, unit, parent, plan.day, path);
}

function codesDiffer(established: readonly EstablishedUnit[]): Refusal | undefined {
  const holders = new Map<string, string>();
  return each(established, 'established', ({ unit, kind, officialCode }, path) => {
    if (!officialCode) return undefined;
    const key = `${kind}/${officialCode}`;
    const holder = holders.get(key);
    holders.set(key, unit);
    if (holder === undefined) return undefined;
    return refuse(
      'code-in-use',
      `The official code ${officialCode} goes to \`${holder}\` too.`,
      `${path}.officialCode`,
    );
  });
}

/** A part leads from a unit that was there before to one that is there afterwards. */
function endsAreThere(plan: Plan, { from, to }: Part, path: string): Refusal | undefined {
  const { registry, established, day } = plan;
  if (established.has(from)) {
    return refuse(
      'not-alive',
      `\`${from}\` only begins by this reorganisation and can't go over into others.`,
      `${path}.from`,
    );
  }
  return firstRefusal(
    () => partOfTheCountry(registry, from, `${path}.from`),
    () => wasAlive(plan, from, `${path}.from`),
    () => (established.has(to) ? undefined : partOfTheCountry(registry, to, `${path}.to`)),
    () => (established.has(to) ? undefined : unitAlive(registry, to, day, `${path}.to`)),
  );
}

function wasAlive({ registry, ending, day }: Plan, from: string, path: string): Refusal | undefined {
  const source = registry.unit(from)!;
  if (ending.has(from)) return canEnd(source, day, path);
  if (isAlive(source, dayBefore(day)) && isAlive(source, day)) return undefined;
  return refuse('not-alive', `\`${from}\` doesn't live both before and after ${day}.`, path);
}

/** Of one unit: either the whole goes to one, or parts to some, at most one of them by default. */
function goesOver({ partsOf, ending }: Plan, part: Part, path: string): Refusal | undefined {
  const all = partsOf.get(part.from)!;
  if (part.extent === 'whole' && all.length > 1) {
    return refuse('contradicts', `\`${part.from}\` can't go over as a whole and also go elsewhere.`, `${path}.extent`);
  }
  if (part.extent === 'whole' && !ending.has(part.from) && part.to !== part.from) {
    return refuse('contradicts', `\`${part.from}\` can't live on and go over as a whole.`, `${path}.extent`);
  }
  if (part.default && all.find((other) => other.default) !== part) {
    return refuse('contradicts', `\`${part.from}\` has two default successors.`, `${path}.default`);
  }
  return undefined;
}

function canMove(plan: Plan, { unit, parent }: { unit: string; parent: string }, path: string): Refusal | undefined {
  const { registry, established, ending, day } = plan;
  if (established.has(unit)) {
    return refuse('contradicts', `\`${unit}\` begins by this reorganisation: say there where it lies.`, `${path}.unit`);
  }
  if (ending.has(unit)) return refuse('contradicts', `\`${unit}\` ends by this reorganisation.`, `${path}.unit`);
  const record = registry.unit(unit);
  if (!record) return unitUnknown(unit, `${path}.unit`);
  return firstRefusal(
    () => partOfTheCountry(registry, unit, `${path}.unit`),
    () => unitAlive(registry, unit, day, `${path}.unit`),
    () => newParentFits(plan, record, parent, `${path}.parent`),
    () => elsewhere(record, parent, day, `${path}.parent`),
    () => notChangedThatDay(record, day, (change) => change.kind === 'moved', `${path}.unit`),
  );
}

/**
 * What still lives in a unit that ends must end or move with it. Only where the whole goes over into one of its own kind
 * does it take what lies in it along: provinces may be merged by one decision and their communes by another.
 */
function leavesNobody({ registry, states, established, partsOf, ending, moved, day }: Plan): Refusal | undefined {
  const kindOf = (unit: string): string | undefined => established.get(unit)?.kind ?? registry.unit(unit)?.kind;
  for (const unit of ending) {
    const [first] = partsOf.get(unit)!;
    if (first!.extent === 'whole' && kindOf(first!.to) === kindOf(unit)) continue;
    const left = childrenOf(registry, states, unit, day).find(({ id }) => !ending.has(id) && !moved.has(id));
    if (left) {
      const sentence = `\`${left.id}\` would still lie in \`${unit}\`, which ends on ${day}: it must end or move too.`;
      return refuse('has-children', sentence, 'data.parts');
    }
  }
  return undefined;
}

export const reorganisationRules: FactRule<never>[] = [reorganised];
