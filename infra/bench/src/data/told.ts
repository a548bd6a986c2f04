import type { Owner } from '@gdtx/service-kit/services';
import type { DayNumber } from './calendar.js';

/** What a publisher says, on its way into a ledger. */
export interface Told {
  service: Owner;
  /** TopicHeld */
  name: string;
  /** The unit in whose name it is said. */
  source: string;
  /** As JSON. */
  data: Record<string, unknown>;
  /** The day on which it is recorded. */
  day: DayNumber;
  /** Takes this one back, which was told before. */
  withdraws?: Told;
}

export type Tell = (told: Told) => void;

/** A unit reports some days later, always as many and at its own time of day, so that its facts come in their order. */
export interface Reporter {
  id: string;
  lag: number;
}
