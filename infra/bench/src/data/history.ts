import { dayNumber, momentOf, monthIndex, MONTHS } from './calendar.js';
import { Story } from './story.js';
import type { Told } from './told.js';

export interface DataSetSize {
  seed: number;
  /** 1: 2,000,000 entries of 700 centres, 10,900 community centres and their communes. */
  scale: number;
}

/** What is said, the moment at which it is recorded, and whether it is going to be taken back. */
export interface Recorded {
  told: Told;
  at: number;
  withdrawn: boolean;
}

const ENTRIES = 2_000_000;
const LAST_DAY = dayNumber('2025-12-31');
const FIRST_HOUR_MS = 30 * 60_000;
const WORKING_HOURS_S = 36_000;

/** How many facts there are, besides those of the territory. */
export function factsAt(scale: number): number {
  return Math.round(ENTRIES * scale);
}

/**
 * Five years of the network, 2021 to 2025, in the order in which they would have been recorded: the territory and who is
 * there first, then month after month what centres, community centres and communes say, all units mixed. Always the same
 * for the same seed and scale.
 */
export function* historyOf({ seed, scale }: DataSetSize): Generator<Recorded> {
  const story = new Story(seed, scale);
  const shelf = new Shelf();
  let left = factsAt(scale);

  for (const told of story.territory()) yield atMidnight(told);
  for (const told of story.beginnings()) if (left-- > 0) yield atMidnight(told);
  for (const month of MONTHS) {
    for (const told of story.reformOf(month)) yield atMidnight(told);
    story.tell(month, (told) => shelf.put(told));
    for (const recorded of shelf.take(month.index)) {
      if (left-- <= 0) return;
      yield recorded;
    }
  }
  // A small network may have said too little.
  for (const told of story.topics(LAST_DAY)) {
    if (left-- <= 0) return;
    yield { told, at: momentOf(LAST_DAY + 1, 0), withdrawn: false };
  }
}

function atMidnight(told: Told): Recorded {
  return { told, at: momentOf(told.day, 0), withdrawn: false };
}

/** What is told of later months waits here for them. */
class Shelf {
  private readonly months = new Map<number, Told[]>();
  private readonly withdrawn = new Set<Told>();
  private readonly hours = new Map<string, number>();

  put(told: Told): void {
    const month = monthIndex(told.day);
    const there = this.months.get(month);
    if (there) there.push(told);
    else this.months.set(month, [told]);
    if (told.withdraws) this.withdrawn.add(told.withdraws);
  }

  /** In order of time; what a unit says at one moment stays in its order. */
  take(month: number): Recorded[] {
    const found = this.months.get(month) ?? [];
    this.months.delete(month);
    return found
      .map((told) => ({ told, at: this.momentOf(told), withdrawn: this.withdrawn.delete(told) }))
      .sort((one, other) => one.at - other.at);
  }

  /** Each unit reports at its own time of day. */
  private momentOf({ day, source }: Told): number {
    let ofDay = this.hours.get(source);
    if (ofDay === undefined) {
      let hash = 0;
      for (let i = 0; i < source.length; i++) hash = (Math.imul(hash, 31) + source.charCodeAt(i)) >>> 0;
      this.hours.set(source, (ofDay = FIRST_HOUR_MS + (hash % WORKING_HOURS_S) * 1000));
    }
    return momentOf(day, ofDay);
  }
}
