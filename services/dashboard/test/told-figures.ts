import { addDays } from '@gdtx/territory/days';
import fc from 'fast-check';
import { levelSteps } from '../src/columns/level-steps.js';
import type { Cell, LevelEvent, Part, PrecisionCode, UnitYear } from '../src/model.js';
import { monthNumber } from '../src/model.js';
import type { FigureQuery } from '../src/queries/figure-query.js';
import { bounds, rowKeys } from '../src/queries/flows.js';
import { daysAsked } from '../src/queries/levels.js';
import { bearerOn, Places } from '../src/queries/places.js';
import { Tally } from '../src/queries/tally.js';
import type { Registry } from '@gdtx/territory/registry';

/** What is said next. Numbers choose among what there is, so that everything that comes of them is valid. */
export interface Saying {
  unit: number;
  day: number;
  near: boolean;
  what: 'flow' | 'level' | 'withdraw' | 'fold-anew';
  category: number;
  part: number;
  value: number;
  precision: number;
  mode: number;
  at: number;
}

export const saying: fc.Arbitrary<Saying> = fc.record({
  unit: fc.nat({ max: 30 }),
  day: fc.nat({ max: 3000 }),
  /** Near today, instead of on any day. */
  near: fc.boolean(),
  what: fc.constantFrom(
    'flow',
    'flow',
    'flow',
    'level',
    'level',
    'level',
    'level',
    'withdraw',
    'withdraw',
    'fold-anew',
  ),
  category: fc.nat({ max: 2 }),
  part: fc.nat({ max: 3 }),
  value: fc.nat({ max: 9 }),
  precision: fc.nat({ max: 5 }),
  mode: fc.nat({ max: 2 }),
  at: fc.nat({ max: 40 }),
});

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(1999, 10, 1);
const dayAt = (days: number): string => new Date(FIRST + days * DAY_MS).toISOString().slice(0, 10);
const CATEGORIES = ['', 'dropped-out', 'refresher'];

interface ToldEntry {
  ledger: string;
  at: string;
  indicator: string;
  category: string;
  part: Part;
  day: string;
  value: number;
  precision: PrecisionCode;
  level: { mode: 'set' | 'add'; slot: string } | undefined;
  seq: number;
  recorded: number;
  withdrawn: number | null;
}

/** Ledgers and what is stored of them, kept as the projector keeps it: lists only grow, a withdrawal is a negative. */
export class ToldFigures {
  readonly entries: ToldEntry[] = [];
  private readonly years = new Map<string, UnitYear>();
  private readonly epochs = new Map<string, number>();
  private seq = 0;

  /** `today`: the day around which much happens. */
  constructor(
    private readonly units: readonly string[],
    private readonly today: string,
  ) {}

  /** Gives the documents that it changes. */
  say(saying: Saying): UnitYear[] {
    const ledger = this.units[saying.unit % this.units.length]!;
    const seq = ++this.seq;
    const day = saying.near ? addDays(this.today, (saying.day % 40) - 20) : dayAt(saying.day);
    const recorded = monthNumber(day.slice(0, 7)) + (saying.value % 3);
    if (saying.what === 'withdraw') return this.withdraw(saying.unit, seq, recorded);
    if (saying.what === 'fold-anew') return this.foldAnew(ledger, seq);
    const isLevel = saying.what === 'level';
    const at = saying.at < 5 ? this.units[saying.at % this.units.length]! : '';
    const entry: ToldEntry = {
      ledger,
      at: at === ledger ? '' : at,
      indicator: isLevel ? 'learners-present' : saying.category === 1 ? 'learners-left' : 'learners-enrolled',
      category: CATEGORIES[saying.category]!,
      part: saying.part === 3 ? 'female' : '',
      day,
      value: saying.value,
      precision: (saying.precision < 3 ? saying.precision : 0) as PrecisionCode,
      level: isLevel ? { mode: saying.mode === 2 ? 'add' : 'set', slot: `k${saying.mode % 2}` } : undefined,
      seq,
      recorded,
      withdrawn: null,
    };
    this.entries.push(entry);
    return [this.put(entry, recorded, 1, seq)];
  }

  standing(indicator: string, part: string): ToldEntry[] {
    return this.entries.filter((e) => e.withdrawn === null && e.indicator === indicator && e.part === part);
  }

  private withdraw(choice: number, seq: number, recorded: number): UnitYear[] {
    const standing = this.entries.filter(({ withdrawn }) => withdrawn === null);
    const entry = standing[choice % Math.max(standing.length, 1)];
    if (!entry) return [];
    entry.withdrawn = recorded;
    return [this.put(entry, recorded, -1, seq)];
  }

  /** Everything is told again in a new epoch, but for some of what was withdrawn. */
  private foldAnew(ledger: string, seq: number): UnitYear[] {
    this.epochs.set(ledger, (this.epochs.get(ledger) ?? 0) + 1);
    for (const id of [...this.years.keys()]) if (id.startsWith(`programmes/${ledger}/`)) this.years.delete(id);
    for (const entry of this.entries.filter((each) => each.ledger === ledger)) {
      const { withdrawn } = entry;
      if (withdrawn !== null && entry.value % 2 === 0) continue;
      entry.withdrawn = null;
      this.put(entry, entry.recorded, 1, seq);
      entry.withdrawn = withdrawn;
      if (withdrawn !== null) this.put(entry, withdrawn, -1, seq);
    }
    return [...this.years.values()].filter((year) => year.unit === ledger).map((year) => structuredClone(year));
  }

  private put(entry: ToldEntry, recorded: number, sign: 1 | -1, seq: number): UnitYear {
    const of = Number(entry.day.slice(0, 4));
    const id = `programmes/${entry.ledger}/${of}`;
    const epoch = this.epochs.get(entry.ledger) ?? 0;
    const year: UnitYear = this.years.get(id) ?? {
      ...{ _id: id, service: 'programmes', unit: entry.ledger, year: of, epoch, seq },
      ...{ cells: [], levels: [], balances: [] },
    };
    this.years.set(id, year);
    year.seq = seq;
    if (entry.level) putEvent(year.levels, entry, entry.level, sign, recorded);
    else putCell(year.cells, entry, sign, recorded);
    return structuredClone(year);
  }
}

function putCell(cells: Cell[], entry: ToldEntry, sign: 1 | -1, recorded: number): void {
  const { indicator, category, part, at, value, precision } = entry;
  const month = monthNumber(entry.day.slice(0, 7));
  const named = { indicator, category, part, at, month, recorded };
  let cell = cells.find((each) => Object.entries(named).every(([name, is]) => each[name as keyof Cell] === is));
  if (!cell) cells.push((cell = { ...named, sum: 0, exact: 0, atLeast: 0, about: 0 }));
  cell.sum += sign * value;
  cell[(['exact', 'atLeast', 'about'] as const)[precision]] += sign;
}

function putEvent(
  events: LevelEvent[],
  entry: ToldEntry,
  level: NonNullable<ToldEntry['level']>,
  sign: 1 | -1,
  recorded: number,
): void {
  const { indicator, category, part, at, day, value, precision, seq } = entry;
  if (sign === 1) {
    events.push({ indicator, category, part, at, day, value, precision, seq, recorded, withdrawn: null, ...level });
    return;
  }
  for (const event of events) if (event.seq === seq) event.withdrawn = recorded;
}

/** A flow added up fact by fact, each placed by itself. */
export function naiveFlow(told: ToldFigures, query: FigureQuery, registry: Registry): Tally {
  const tally = new Tally();
  const places = new Places(registry, query);
  const [includes, keysOf] = [places.includes(), rowKeys(query, places)];
  const [first, last] = bounds(query);
  for (const { at, ledger, day, category, value, precision } of told.standing(query.indicator.id, query.part)) {
    const moment = { month: monthNumber(day.slice(0, 7)), day: null };
    const unit = at || ledger;
    if (moment.month < first || moment.month > last || !includes(unit, moment)) continue;
    if (query.only !== undefined && category !== query.only) continue;
    const simulated = registry.unit(unit)?.simulated;
    tally.add(amount(value, precision), keysOf(unit, moment, category), { simulated });
  }
  return tally;
}

const amount = (sum: number, precision: number) => ({
  sum,
  exact: +(precision === 0),
  atLeast: +(precision === 1),
  about: +(precision === 2),
});

/** A level by its definition: each ledger's series as they stand on the day, each put to who bears it. */
export function naiveLevel(told: ToldFigures, query: FigureQuery, registry: Registry): Tally {
  const tally = new Tally();
  const places = new Places(registry, query);
  const [includes, keysOf] = [places.includes(), rowKeys(query, places)];
  const { id } = query.indicator;
  const entries = told.standing(id, query.part);
  const first = entries.map(({ day }) => day).sort()[0];
  const days = daysAsked(query, first === undefined ? undefined : monthNumber(first.slice(0, 7)));
  for (const [i, { day, month }] of days.entries()) {
    const into = i === days.length - 1 ? tally : new Tally();
    for (const { unit, step } of stepsUntil(entries, day)) {
      const bearer = bearerOn(registry, unit, day);
      if (!bearer || (bearer.carried && isSaidAnew(told, id, registry, unit, '', day))) continue;
      const moment = { month, day };
      if (query.only !== undefined && step.event.category !== query.only) continue;
      if (!includes(bearer.unit, moment)) continue;
      const { value: sum, exact, atLeast, about } = step;
      const marks = { carried: bearer.carried, simulated: registry.unit(bearer.unit)?.simulated };
      into.add({ sum, exact, atLeast, about }, keysOf(bearer.unit, moment, step.event.category), marks);
    }
    if (into !== tally) tally.adopt(into);
  }
  return tally;
}

function* stepsUntil(entries: readonly ToldEntry[], day: string) {
  for (const ledger of new Set(entries.map((each) => each.ledger))) {
    const events = entries.flatMap((entry) => (entry.ledger === ledger ? eventOf(entry) : []));
    for (const step of levelSteps(events)) if (step.event.day <= day) yield { unit: step.event.at || ledger, step };
  }
}

function eventOf(entry: ToldEntry): LevelEvent[] {
  const events: LevelEvent[] = [];
  putEvent(events, entry, entry.level!, 1, entry.recorded);
  return events;
}

/** Whether all who took a unit's level over, or the default one alone, have reported by a day, or those who took over from them. */
function isSaidAnew(
  told: ToldFigures,
  indicator: string,
  registry: Registry,
  unit: string,
  since: string,
  until: string,
): boolean {
  const { life, successors } = registry.unit(unit)!;
  const took = successors.filter(({ on }) => on === life.to);
  const heirs = took.some((edge) => edge.default) ? took.filter((edge) => edge.default) : took;
  return (
    heirs.length > 0 &&
    heirs.every(({ other, on }) => {
      const from = on > since ? on : since;
      return (
        reportedSince(told, indicator, other, from, until) || isSaidAnew(told, indicator, registry, other, from, until)
      );
    })
  );
}

function reportedSince(told: ToldFigures, indicator: string, unit: string, since: string, until: string): boolean {
  return told.entries.some(
    (e) =>
      e.indicator === indicator &&
      e.withdrawn === null &&
      (e.at || e.ledger) === unit &&
      e.day >= since &&
      e.day <= until,
  );
}
