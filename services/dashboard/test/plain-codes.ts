import { monthAt } from '@gdtx/territory/days';
import type { Dictionary } from '../src/columns/dictionary.js';
import { dueOf } from '../src/reporting/due.js';
import { monthState } from '../src/reporting/month-state.js';
import { codeOf, type CodeOfMonth } from '../src/reporting/month-states.js';
import { servicesOf, type ServiceSources } from '../src/reporting/services-of.js';

/** How units' months stand, worked out for each when it is asked: what `MonthStates` keeps. */
export function plainCodes(units: Dictionary, dueDay: number, sources: ServiceSources, known = Infinity): CodeOfMonth {
  const { firstRecorded } = sources;
  const heard = {
    ...sources,
    firstRecorded: (service: string, unit: string, month: number) => {
      const first = firstRecorded(service, unit, month);
      return first !== null && first > known ? null : first;
    },
  };
  return (unit, month) => {
    const due = dueOf(monthAt(month), { dueDay, asOf: Infinity });
    return codeOf(monthState(servicesOf(units.text(unit), month, known, heard), due));
  };
}
