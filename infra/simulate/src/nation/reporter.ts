import { addDays, addMonths, monthOf, type Day, type Month } from '@gdtx/territory/days';
import { dayIn, earlierDay, LAST_DAY, laterDay, season } from './calendar.js';
import { simulatedFact, type Service, type SimulatedFact, type Slip } from './fact.js';
import { closing } from './closing.js';
import { withMishaps, type Mishaps } from './mishaps.js';
import { random, type Random } from './random.js';
import { livesOn, worksIn, type SimulatedUnit } from './unit.js';

/** What a unit has to say, before it is sent. */
export interface Draft {
  service: Service;
  name: string;
  data: Record<string, unknown>;
  /** When it happened. */
  day: Day;
  /** In whose name; default: the unit's own. */
  source?: string;
  /** What its month's control totals count it with. */
  counts?: Record<string, number>;
  /** The data as it is said by somebody who slips. */
  wrong?: Record<string, unknown>;
  /** It stands for itself, and may be said weeks later. */
  mayBeLate?: true;
  /** It may be said twice under two ids, and one is then taken back. */
  mayBeDoubled?: true;
  /** The slug that the same under another id earns. */
  again?: string;
  slip?: Slip;
}

/** Something that a unit may do in a month. */
export interface Activity {
  /** How many facts it says at once. */
  cost: number;
  /** How likely it is in a month, beside the others; 0: not now. */
  weight(month: Month): number;
  act(month: Month): void;
}

/** How a unit reports. */
interface Manner {
  /** It sends on the day; or everything in the first days of the next month. */
  isLive: boolean;
  /** Months of which it never says anything. */
  silent: { from: Month; to: Month };
  isApproved: boolean;
}

/** The facts that one unit says in five years, month by month. */
export class Reporter {
  readonly rng: Random;
  private readonly manner: Manner;
  /** How many facts it may say by now; what follows from earlier ones is said also beyond it. */
  private credit: number;
  private readonly due: { day: Day; act: () => void }[] = [];
  private drafts: Draft[] = [];
  private waiting: SimulatedFact[] = [];
  private sentUntil: Day = '';
  private said = 0;

  constructor(
    readonly unit: SimulatedUnit,
    private readonly perMonth: number,
    private readonly mishaps: Mishaps,
  ) {
    this.rng = random(`${unit.id}/reports`);
    this.credit = this.rng.next() - 0.5;
    this.manner = mannerOf(unit, this.rng);
  }

  /** A day of the month on which the unit has begun. */
  dayIn(month: Month): Day {
    return laterDay(dayIn(month, this.rng), this.unit.from);
  }

  /** To be said in the month that is being told. What would be of a day on which the unit didn't live isn't said. */
  say(draft: Draft): void {
    if (livesOn(this.unit, draft.day)) this.drafts.push(draft);
  }

  /** Something that follows on a later day; while the unit's work is suspended, when that is over. */
  later(day: Day, act: (day: Day) => void): void {
    const span = this.unit.suspended.find(({ from, to }) => from <= day && day < to);
    const on = span ? span.to : day;
    this.due.push({ day: on, act: () => act(on) });
  }

  /** Tells a month, and gives what is sent in it, in the order of sending. */
  tell(month: Month, activities: readonly Activity[]): SimulatedFact[] {
    if (worksIn(this.unit, month)) {
      this.credit += this.perMonth * season(month);
      if (month < this.manner.silent.from || month > this.manner.silent.to) this.work(month, activities);
    }
    return this.sentIn(month);
  }

  private work(month: Month, activities: readonly Activity[]): void {
    const due = this.due.filter(({ day }) => monthOf(day) === month).sort((a, b) => (a.day < b.day ? -1 : 1));
    for (const each of due) each.act();
    let before = 0;
    this.pay(this.drafts.length);
    for (let next = this.choose(activities, month); next; next = this.choose(activities, month)) {
      before = this.drafts.length;
      next.act(month);
      // What could not be said after all must not be tried for ever.
      this.pay(Math.max(0.5, this.drafts.length - before));
    }
    this.send(month);
  }

  private pay(facts: number): void {
    this.credit -= facts;
  }

  private choose(activities: readonly Activity[], month: Month): Activity | undefined {
    if (this.credit < 1) return undefined;
    const weights = activities.map((each) => each.weight(month));
    let left = this.rng.next() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = activities.find((_, index) => weights[index]! > 0 && (left -= weights[index]!) < 0);
    // What it can't afford yet it saves up for.
    return chosen && chosen.cost <= this.credit ? chosen : undefined;
  }

  /** Everything that the month has brought becomes facts with a day of sending, in the order in which it happened. */
  private send(month: Month): void {
    const { rng, manner } = this;
    const drafts = this.drafts.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    this.drafts = [];
    const inArrears = rng.chance(0.05) ? rng.int(25, 110) : 0;
    const onDay = addDays(`${addMonths(month, 1)}-01`, rng.int(0, 9) + inArrears);
    for (const draft of drafts) {
      const fact = this.factOf(draft, this.sendingDay(manner.isLive ? addDays(draft.day, rng.int(0, 2)) : onDay));
      this.waiting.push(...withMishaps(draft, fact, rng, this.mishaps));
    }
    const closed = closing(this, { month, drafts, hasCredit: this.credit >= 1 });
    for (const draft of closed) {
      const fact = this.factOf(draft, this.sendingDay(onDay));
      const approval = manner.isApproved && rng.chance(0.85) ? this.approval(fact, month) : [];
      this.pay(1 + approval.length);
      this.waiting.push(fact, ...approval);
    }
  }

  /** The province approves the month up to its closing, some weeks later. */
  private approval(closed: SimulatedFact, month: Month): SimulatedFact[] {
    const { unit, rng } = this;
    closed.isNamed = true;
    // It is recorded today: by the province of today, whose month it has become.
    const fact = simulatedFact({
      ...{ id: `${closed.event.id}.a`, service: serviceOf(closed), name: 'PeriodApproved' },
      ...{ source: unit.province.after.id, ledger: unit.id },
      recordedOn: earlierDay(addDays(closed.recordedOn, rng.int(4, 30)), LAST_DAY),
      data: { unit: unit.id, month },
    });
    return [{ ...fact, names: { id: closed.event.id, field: 'upToSeq' } }];
  }

  private factOf({ service, name, data, source, slip }: Draft, recordedOn: Day): SimulatedFact {
    const { id } = this.unit;
    const fact = simulatedFact({
      ...{ id: `${id}.${++this.said}`, service, name, source: source ?? id, ledger: id, recordedOn, data },
    });
    return slip ? { ...fact, slip } : fact;
  }

  /** A unit never sends what came later before what came earlier. */
  private sendingDay(wished: Day): Day {
    this.sentUntil = earlierDay(laterDay(wished, this.sentUntil), LAST_DAY);
    return this.sentUntil;
  }

  /** What was told before and is sent in this month. */
  sentIn(month: Month): SimulatedFact[] {
    if (this.waiting.length === 0) return [];
    const until = `${month}-31`;
    const sent = this.waiting.filter(({ recordedOn }) => recordedOn <= until);
    this.waiting = this.waiting.filter(({ recordedOn }) => recordedOn > until);
    return sent.sort((a, b) => (a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0));
  }
}

function mannerOf({ kind, size }: SimulatedUnit, rng: Random): Manner {
  const isSilent = rng.chance(0.04);
  const from = dayIn(`${rng.int(2021, 2025)}-${String(rng.int(1, 12)).padStart(2, '0')}`, rng).slice(0, 7);
  return {
    isLive: rng.chance(kind === 'centre' ? 0.25 + Math.min(0.2, size / 10) : 0.05),
    silent: isSilent
      ? { from, to: addMonths(from, rng.chance(0.3) ? 60 : rng.int(3, 12)) }
      : { from: '9999-12', to: '' },
    isApproved: !rng.chance(0.12),
  };
}

const serviceOf = ({ event }: SimulatedFact) => event.type.split('.')[2] as Service;
