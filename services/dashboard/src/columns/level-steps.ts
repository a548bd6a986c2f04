import type { LevelEvent } from '../model.js';

/** What one event changes in the level of its unit, from its day on. */
export interface Step<Event> {
  event: Event;
  /** The change of the value. */
  value: number;
  /** The change of the number of series that hold a value of this precision. */
  exact: number;
  atLeast: number;
  about: number;
}
export type LevelStep = Step<LevelEvent>;

/** What decides on the steps of a series. Days as numbers or as texts. */
interface Stepping {
  day: number | string;
  mode: 'set' | 'add';
  seq: number;
  value: number;
  precision: number;
}

/**
 * Turns the events of one unit's ledger into steps, so that a level on a day is the sum of all steps until then. A series
 * (indicator, category, part, place, slot) holds what its last event until that day made of it. On one day what is added
 * comes before what is set, and of two that are set the later entry holds. Withdrawn events count nothing. Pure.
 */
export function levelSteps(events: readonly LevelEvent[]): LevelStep[] {
  const series = new Map<string, LevelEvent[]>();
  for (const event of events) {
    if (event.withdrawn !== null) continue;
    const key = `${event.indicator}\n${event.category}\n${event.part}\n${event.at}\n${event.slot}`;
    const known = series.get(key);
    if (known) known.push(event);
    else series.set(key, [event]);
  }
  return [...series.values()].flatMap(stepsOfSeries);
}

/** The steps of one series' standing events, in order of day. */
export function stepsOfSeries<Event extends Stepping>(events: Event[]): Step<Event>[] {
  if (events.length > 1) events.sort(inOrder);
  let value = 0;
  let precision = -1;
  return events.map((event) => {
    const before = value;
    const was = precision;
    const isSet = event.mode === 'set';
    value = isSet ? event.value : value + event.value;
    // What was about stays about until it is said anew.
    precision = isSet ? event.precision : Math.max(precision, event.precision);
    return {
      event,
      value: value - before,
      exact: (precision === 0 ? 1 : 0) - (was === 0 ? 1 : 0),
      atLeast: (precision === 1 ? 1 : 0) - (was === 1 ? 1 : 0),
      about: (precision === 2 ? 1 : 0) - (was === 2 ? 1 : 0),
    };
  });
}

function inOrder(a: Stepping, b: Stepping): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.mode !== b.mode) return a.mode === 'add' ? -1 : 1;
  return a.seq - b.seq;
}
