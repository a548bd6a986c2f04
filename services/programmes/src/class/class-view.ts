import { plain } from '@gdtx/contracts/plain';
import { TYPE_NAMES, type ProgrammeType } from '../programme-types.js';
import type { ClassState } from './class.js';

/** A class as readers see it: what was said of it, and how many came, left, were counted and completed. */
export function classView(id: string, known: ClassState): object {
  const { type, programme, name, openedOn, schoolYear, grade, form, enrolled, left, headcount, completed } = known;
  return {
    class: id,
    type,
    typeName: TYPE_NAMES[type as ProgrammeType],
    ...(plain({ programme, name, openedOn, schoolYear, grade, form }) as object),
    state: completed ? 'completed' : 'open',
    enrolled: enrolled ?? null,
    left: left ?? null,
    headcount: headcount ?? null,
    completed: completed ?? null,
  };
}
