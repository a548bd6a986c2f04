import fc from 'fast-check';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { addDays, dayInVietNam, firstDay, type GivenDate } from '@gdtx/territory/days';
import { Registry } from '@gdtx/territory/registry';
import { History, steps, type Step } from '../../../libs/territory/test/histories.js';
import { ReadModel } from '../src/columns/read-model.js';
import { Records } from '../src/columns/records.js';
import { MemoryStore } from '../src/projector/memory-store.js';
import type { LedgerReader } from '../src/queries/ledger-entries.js';
import type { LedgerOf } from './ledger-of.js';
import { TestProjector, World } from './world.js';

const SERVICES = ['provinces', 'centres', 'programmes', 'community-learning', 'inspections'];
const DAY_MS = 86_400_000;
const FIRST_RECORDED = Date.UTC(2000, 0, 20);

/** What a unit says next: how long after what it said last, of a day how long before. */
export interface Telling {
  who: number;
  gap: number;
  back: number;
  what: (typeof WHATS)[number];
  id: number;
  value: number;
  how: number;
}

const WHATS = [
  ...([
    'opened',
    'enrolled',
    'enrolled',
    'enrolled',
    'left',
    'headcount',
    'completed',
    'exam',
    'certificates',
  ] as const),
  ...(['staff', 'staff', 'totals', 'balance', 'recommended', 'closed', 'finding', 'withdrawn', 'corrected'] as const),
];

const telling: fc.Arbitrary<Telling> = fc.record({
  who: fc.nat({ max: 12 }),
  gap: fc.nat({ max: 200 }),
  back: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 900 })),
  what: fc.constantFrom(...WHATS),
  id: fc.nat({ max: 2 }),
  value: fc.nat({ max: 30 }),
  how: fc.nat({ max: 7 }),
});

/** Everything that happened and was said; `lateness`: after how many days the news of each change of the registry was recorded. */
export interface Chapters {
  happened: Step[];
  tellings: Telling[];
  lateness: number[];
}

/** Centres are founded early, so that there is somebody to say something. */
const founded = [0, 1, 2, 3].map((who) => ({ what: 7, who: 3 + who * 5, how: who, days: 5 }));

export const chapters: fc.Arbitrary<Chapters> = fc.record({
  happened: steps.map((later) => [...founded, ...later.slice(0, 18)]),
  tellings: fc.array(telling, { minLength: 5, maxLength: 45 }),
  lateness: fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 60 }), fc.nat({ max: 1500 })), {
    minLength: 1,
    maxLength: 8,
  }),
});

/** The ledgers of all services in memory, with the day and the moment on which the last entry has been recorded. */
export class Chronicle {
  readonly world = new World();
  readonly today: string;
  readonly units: readonly string[];
  private last = FIRST_RECORDED;

  constructor({ happened, tellings, lateness }: Chapters) {
    const history = History.of(happened);
    this.units = history.units;
    for (const [i, { service, type, data }] of history.told.facts.entries()) {
      // No owner takes anything before it knows the country.
      const late = i === 0 ? 0 : lateness[i % lateness.length]!;
      const recordedAt = Math.max(this.lastOf(service, 'vn'), effectOf(data) + late * DAY_MS);
      this.tell(service, 'vn', type.split('.').at(-2)!, data as object, recordedAt);
    }
    const communes = history.units.filter((unit) => unit.startsWith('c'));
    for (const [i, commune] of communes.entries()) {
      if (i % 3 !== 0) continue;
      const data = { centre: `t-${commune}`, commune, name: { vi: commune, en: '' }, knownSince: '2000-02-01' };
      const recordedAt = Math.max(this.lastOf('community-learning', 'vn'), Date.UTC(2000, i, 5));
      this.tell('community-learning', 'vn', 'CommunityCentreEstablished', data, recordedAt);
    }
    const speakers = [...history.units.filter((unit) => unit.startsWith('z')), 'p1', 'never-heard-of'];
    for (const each of tellings) this.say(each, speakers[each.who % speakers.length]!);
    this.today = addDays(dayInVietNam(this.last), 1);
  }

  private lastOf(service: string, unit: string): number {
    return this.world.ledger(service, unit).entries.at(-1)?.recordedAt ?? FIRST_RECORDED;
  }

  private tell(service: string, unit: string, name: string, data: object, recordedAt: number): void {
    this.world.ledger(service, unit).tell(name, data, { recordedAt });
    this.last = Math.max(this.last, recordedAt);
  }

  private say({ gap, back, what, id, value, how }: Telling, unit: string): void {
    const service = SERVICE_OF[what] ?? 'programmes';
    const ledger = this.world.ledger(service, unit);
    const recordedAt = this.lastOf(service, unit) + gap * DAY_MS;
    const day = addDays(dayInVietNam(recordedAt), -back);
    if (what === 'withdrawn' || what === 'corrected') return this.withdraw(ledger, id + how, recordedAt, what, value);
    const [name, data] = factOf(what, day, id, value, how, this.units);
    this.tell(service, unit, name, data, recordedAt);
  }

  /** Takes back one of the last entries that stand; corrected, the same is said again with another value. */
  private withdraw(ledger: LedgerOf, back: number, recordedAt: number, what: string, value: number): void {
    const gone = new Set(ledger.entries.map(withdrawnBy));
    const standing = ledger.entries.filter(({ seq, type }) => !gone.has(seq) && !type.includes('.EntryWithdrawn.'));
    const entry = standing.at(-1 - (back % Math.max(standing.length, 1)));
    if (!entry) return;
    const { id, type, source, data } = entry;
    const withdrawn = { id, type, source, data, recordedAt: entry.recordedAt };
    const correction = what === 'corrected' ? { id: 'c', type, seq: ledger.entries.length + 2 } : undefined;
    const said = { unit: ledger.unit, seq: entry.seq, reason: 'test', withdrawn, correction };
    ledger.tell('EntryWithdrawn', said, { recordedAt });
    if (correction) ledger.tell(type.split('.').at(-2)!, corrected(entry, value), { recordedAt });
    this.last = Math.max(this.last, recordedAt);
  }

  /** What its ledgers held at a moment. */
  worldAt(moment: number): World {
    const world = new World();
    for (const { service, unit, entries } of this.world.ledgers.values()) {
      const known = entries.filter(({ recordedAt }) => recordedAt <= moment);
      if (known.length > 0) world.ledger(service, unit).entries.push(...known);
    }
    return world;
  }
}

const SERVICE_OF: Partial<Record<Telling['what'], string>> = {
  staff: 'centres',
  recommended: 'inspections',
  closed: 'inspections',
  finding: 'inspections',
};

function effectOf(data: unknown): number {
  const { effectiveOn, establishedOn, knownSince } = data as Record<string, GivenDate & string>;
  const day = firstDay(effectiveOn ?? establishedOn) || knownSince || '2000-01-01';
  return Math.max(Date.parse(`${day}T03:00:00Z`), FIRST_RECORDED);
}

const withdrawnBy = ({ type, data }: Entry): number =>
  type.includes('.EntryWithdrawn.') ? (codecOf(type)!.decode(data) as { seq: number }).seq : 0;

const TYPES = ['upper-secondary', 'refresher', 'literacy'];
const PRECISIONS = ['', '', '', 'at-least', 'about'];
const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });

function factOf(
  what: Telling['what'],
  day: string,
  id: number,
  value: number,
  how: number,
  units: readonly string[],
): [name: string, data: object] {
  const people = { total: value, ...(how % 2 ? { female: value >> 1 } : {}), precision: PRECISIONS[how % 5]! };
  const type = TYPES[how % 3]!;
  const of = { class: `k${id}`, exam: `e${id}` };
  const recommendation = `r${id}`;
  switch (what) {
    case 'opened':
      return ['ClassOpened', { ...of, type, openedOn: on(day) }];
    case 'enrolled':
      return ['LearnersEnrolled', { ...of, occurredOn: day, learners: people }];
    case 'left':
      return ['LearnersLeft', { ...of, occurredOn: day, reason: 'dropped-out', learners: people }];
    case 'headcount':
      return ['HeadcountReported', { ...(how < 5 ? of : { type }), reportedOn: day, learners: people }];
    case 'completed':
      return ['ClassCompleted', { ...of, completedOn: day, completed: people }];
    case 'exam':
      return ['ExamHeld', { ...of, type, heldOn: day, candidates: people, passed: people }];
    case 'certificates':
      return ['CertificatesIssued', { ...of, issuedOn: day, certificates: people }];
    case 'totals':
      return ['TotalsReported', { month: day.slice(0, 7), type, measures: [{ measure: 'learners-enrolled', people }] }];
    case 'balance': {
      const declared = { measure: 'certificates-issued', programmeTypes: [type], basis: 'total', count: value };
      return ['OpeningBalanceDeclared', { ...declared, from: how < 3 ? on('1998') : undefined, to: on(day) }];
    }
    case 'staff':
      return ['StaffingReported', { reportedOn: on(day), total: value, female: value >> 1 }];
    case 'recommended': {
      const place = how < 4 ? units[(how * 7) % units.length]! : '';
      return [
        'RecommendationIssued',
        { recommendation, issuedOn: on(day), due: how % 2 ? addDays(day, 90) : '', place },
      ];
    }
    case 'closed':
      return ['RecommendationClosed', { recommendation, closedOn: day, outcome: 'done' }];
    default:
      return ['FindingRecorded', { finding: `f${id}-${value}`, kind: how % 2 ? 'strength' : 'limitation' }];
  }
}

/** The fact again, with other numbers, and of a class another type. */
function corrected({ type, data }: Entry, value: number): object {
  const said = codecOf(type)!.decode(data) as Record<string, unknown>;
  for (const key of ['learners', 'completed', 'candidates', 'certificates']) {
    if (said[key]) said[key] = { ...said[key], total: value };
  }
  if ('openedOn' in said) said['type'] = TYPES[value % 3];
  if ('count' in said) said['count'] = value;
  if (type.endsWith('.StaffingReported.v1')) said['total'] = value;
  return said;
}

/** What the projector, the read model and the registry make of ledgers. */
export interface Folded {
  store: MemoryStore;
  model: ReadModel;
  records: Records;
  registry: Registry;
}

/** Folds everything, ledgers in this order of their names, their entries in turn. */
export async function folded(world: World, order: (names: string[]) => string[] = (names) => names): Promise<Folded> {
  const store = new MemoryStore();
  const projector = new TestProjector(world, store, {}, SERVICES);
  await projector.assign();
  const names = order([...world.ledgers.keys()]);
  const ledgers = names.map((name) => world.ledgers.get(name)!);
  world.topics.clear();
  const longest = Math.max(0, ...ledgers.map(({ entries }) => entries.length));
  for (let i = 0; i < longest; i++) {
    for (const { entries } of ledgers) world.publish(...entries.slice(i, i + 1));
  }
  await projector.readAndFlush(7);
  const isBehind = () => ledgers.some(({ entries, service, unit }) => seqIn(store, service, unit) < entries.length);
  for (let i = 0; i < 60 && isBehind(); i++) {
    await projector.pass(2_000);
    await projector.readAndFlush();
  }
  if (isBehind()) throw new Error('the projector isn’t getting on');
  const [model, records] = [new ReadModel(), new Records()];
  for (const name of names) {
    for (const document of store.years.values()) if (document._id.startsWith(`${name}/`)) model.take(document);
  }
  for (const record of store.recordsById.values()) records.apply(record);
  return { store, model, records, registry: registryOf(names.map((name) => world.ledgers.get(name)!)) };
}

const seqIn = (store: MemoryStore, service: string, unit: string) =>
  store.cursorsById.get(`${service}/${unit}`)?.seq ?? 0;

function registryOf(ledgers: readonly LedgerOf[]): Registry {
  const registry = Registry.empty();
  for (const { unit, entries } of ledgers) {
    if (unit !== 'vn') continue;
    for (const { service, type, seq, recordedAt, data } of entries) {
      registry.apply({ service, type, seq, recordedAt, data: codecOf(type)!.decode(data) });
    }
  }
  return registry;
}

/** Reads the ledgers as their owners give them out. */
export function readerOf(world: World): LedgerReader {
  return async function* (service, unit, fromSeq = 1) {
    for (const entry of world.ledger(service, unit).entries.slice(fromSeq - 1)) {
      await Promise.resolve();
      yield { entry, canonical: Buffer.concat([Buffer.from(`${entry.type}${entry.seq}`), entry.data]) };
    }
  };
}
