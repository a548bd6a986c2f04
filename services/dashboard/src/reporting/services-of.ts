import { LATEST } from '../columns/known.js';
import type { FirstRecorded } from './first-recorded.js';
import type { ServiceMonth } from './month-state.js';
import type { PeriodRows } from './period-rows.js';

export interface ServiceSources {
  periods: PeriodRows;
  firstRecorded: FirstRecorded;
  /** The last entry that changed what is said of a month (months since year 0); 0: none. */
  lastSeq: (service: string, unit: string, month: number) => number;
  /** The services that units report to. */
  services: readonly string[];
}

/** What a unit's month (months since year 0) was told, service by service in the order of `services`, as known at the end of a month. */
export function servicesOf(unit: string, month: number, known: number, sources: ServiceSources): ServiceMonth[] {
  const { services, periods, firstRecorded, lastSeq } = sources;
  return services.map((service) => ({
    events: periods.events(service, unit, month, known),
    heard: { firstRecorded: firstRecorded(service, unit, month) },
    // What has changed since is known of now alone.
    lastSeq: known === LATEST ? lastSeq(service, unit, month) : 0,
  }));
}
