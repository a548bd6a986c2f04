import type { Day } from '@gdtx/territory/days';
import { clipToLife, stateOn, valueOn, type UnitRecord } from '@gdtx/territory/records';
import { plainWithLists } from '@gdtx/contracts/plain';

/**
 * A unit of territory as the registry knows it: what it is called and where it lies on a day (on the nearest of its life
 * where it doesn't live then), and all that happened to it.
 */
export function unitView(unit: UnitRecord, on: Day): unknown {
  const day = clipToLife(unit, on);
  return plainWithLists({
    id: unit.id,
    kind: unit.kind,
    on,
    state: stateOn(unit, on),
    name: valueOn(unit.names, day),
    type: valueOn(unit.types, day),
    officialCode: valueOn(unit.codes, day),
    parent: valueOn(unit.parents, day),
    location: unit.location,
    life: unit.life,
    names: unit.names,
    types: unit.types,
    officialCodes: unit.codes,
    parents: unit.parents,
    predecessors: unit.predecessors,
    successors: unit.successors,
    changes: unit.changes,
  });
}
