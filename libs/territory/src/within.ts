import type { Day } from './days.js';
import type { UnitRecord } from './records.js';
import { heirsOf, nearestValue, stateOn } from './records.js';
import type { Registry } from './registry.js';

const COUNTRY = 'vn';

/**
 * Whether `unit` lies in one of the subtrees that the bearer of a token may write to, on the day of recording.
 *
 * - `vn` contains everything, units that aren't known yet too.
 * - A unit that has ended is followed to its successors, one of which suffices; so are the seats on the way up.
 * - A root that has ended and has successors contains nothing any more: its successors' people see to its past.
 * - What ended without a successor stands for itself, and where it last lay.
 */
export function isWithin(registry: Registry, unit: string, roots: readonly string[], day: Day): boolean {
  if (roots.includes(COUNTRY)) return true;
  return reaches(registry, unit, roots, day, []);
}

/** `roots` and `seen` are short. */
function reaches(registry: Registry, id: string, roots: readonly string[], day: Day, seen: string[]): boolean {
  if (seen.includes(id)) return false;
  seen.push(id);
  const record = registry.unit(id);
  // Nothing is known of it yet: whether it exists is for another rule.
  if (!record) return roots.includes(id);
  const heirs = stateOn(record, day) === 'ended' ? heirsOf(record) : [];
  if (heirs.length > 0) return heirs.some((heir) => reaches(registry, heir.other, roots, day, seen));
  if (roots.includes(id)) return true;
  const parent = parentOn(record, day);
  return parent !== undefined && reaches(registry, parent, roots, day, seen);
}

/** A unit that has ended or isn't yet lies where it last, or first, lay. */
const parentOn = (record: UnitRecord, day: Day): string | undefined => nearestValue(record.parents, day);
