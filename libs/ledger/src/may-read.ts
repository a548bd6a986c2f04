import type { Caller } from '@gdtx/service-kit/tokens';
import type { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';

/** Roles that read everything; the others read their own subtree, and its past. */
const READS_ALL = ['inspector', 'registrar', 'operator'] as const;

export function mayReadUnit(caller: Caller, registry: Registry, unit: string, today: string): boolean {
  if (READS_ALL.some((role) => caller.roles.includes(role))) return true;
  return caller.units.length > 0 && isWithin(registry, unit, caller.units, today);
}
