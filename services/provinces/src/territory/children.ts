import type { States } from '@gdtx/ledger/fact';
import type { Day } from '@gdtx/territory/days';
import { isAlive, valueOn, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

/** Who has ever lain in a unit. Whether and when is in the registry; this is the short way to it. */
interface UnitState {
  children: string[];
}

export const unitKey = (unit: string): string => `unit:${unit}`;

/** The living units that lie in a unit on the day. */
export function childrenOf(registry: Registry, states: States, parent: string, day: Day): UnitRecord[] {
  const ever = states.get<UnitState>(unitKey(parent))?.children ?? [];
  return ever
    .map((id) => registry.unit(id))
    .filter((unit) => unit !== undefined)
    .filter((unit) => isAlive(unit, day) && valueOn(unit.parents, day) === parent);
}

/** The states after units came to lie in others. */
export function withChildren(
  states: States,
  placed: readonly { unit: string; parent: string }[],
): Record<string, UnitState> {
  const added = new Map<string, Set<string>>();
  for (const { unit, parent } of placed) {
    if (!parent) continue;
    const children = added.get(parent) ?? new Set(states.get<UnitState>(unitKey(parent))?.children);
    added.set(parent, children.add(unit));
  }
  return Object.fromEntries([...added].map(([parent, children]) => [unitKey(parent), { children: [...children] }]));
}
