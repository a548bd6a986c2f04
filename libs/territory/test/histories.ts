import fc from 'fast-check';
import { addDays } from '../src/days.js';
import { Told } from './facts.js';

/** What happened next: what, to whom, and how. Numbers choose among what there is, so that every history is a valid one. */
export interface Step {
  what: number;
  who: number;
  how: number;
  days: number;
}

const step = fc.record({
  what: fc.nat({ max: 15 }),
  who: fc.nat({ max: 50 }),
  how: fc.nat({ max: 7 }),
  days: fc.nat({ max: 200 }),
});

export const steps = fc.array(step, { maxLength: 40 });

/**
 * A country in which units are divided, merged, moved and abolished, and centres with seats at every level in it and community
 * centres in its communes, which move, stop working and go on.
 */
export class History {
  readonly told = new Told();
  readonly units: string[] = ['vn'];
  today = '2000-01-15';
  private readonly alive = {
    province: [] as string[],
    district: [] as string[],
    commune: [] as string[],
    centre: [] as string[],
    'community-centre': [] as string[],
  };
  private readonly suspended = new Set<string>();
  private next = 1;

  constructor() {
    this.told.provinces('UnitEstablished', { unit: 'vn', kind: 'country', effectiveOn: { notAfter: '2000-01-01' } });
    for (const p of [1, 2]) {
      this.establish('province', `p${p}`, 'vn', { notAfter: '2000-01-01' });
      for (const d of [1, 2]) {
        this.establish('district', `d${p}${d}`, `p${p}`, { notAfter: '2000-01-01' });
        for (const c of [1, 2]) this.establish('commune', `c${p}${d}${c}`, `d${p}${d}`, { notAfter: '2000-01-01' });
      }
    }
  }

  static of(happened: readonly Step[]): History {
    const history = new History();
    for (const each of happened) history.happen(each);
    return history;
  }

  private happen({ what, who, how, days }: Step): void {
    this.today = addDays(this.today, days + 1);
    const kind = (['province', 'district', 'commune'] as const)[who % 3]!;
    const chosen = this.choose(this.alive[kind], who);
    const other = this.choose(this.alive[kind], who + how + 1);
    if (what <= 1) this.divide(kind, chosen, how);
    else if (what === 2) this.merge(kind, chosen, other);
    else if (what === 3) this.absorb(kind, chosen, other);
    else if (what === 4 && kind !== 'province') this.move(kind, chosen, how);
    else if (what === 5 && kind === 'commune') this.abolish(chosen);
    else if (what <= 8) this.found(this.choose(this.units, who), how);
    else if (what === 9) this.moveCentre(this.choose(this.alive.centre, who), this.choose(this.units, how));
    else if (what <= 11) this.reorganiseCentres(who, how);
    else if (what === 12) this.foundCommunityCentre(this.choose(this.alive.commune, who));
    else if (what === 13) this.moveCommunityCentre(who, how);
    else if (what === 14) this.suspendOrResume('centre', who, how);
    else this.suspendOrResume('community-centre', who, how);
  }

  private choose<T>(from: readonly T[], by: number): T | undefined {
    return from[by % Math.max(from.length, 1)];
  }

  private establish(
    kind: 'province' | 'district' | 'commune',
    unit: string,
    parent: string,
    effectiveOn: object | string,
  ): void {
    this.told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn });
    this.begin(kind, unit);
  }

  private begin(kind: keyof History['alive'], unit: string): void {
    this.alive[kind].push(unit);
    this.units.push(unit);
  }

  private end(kind: keyof History['alive'], ...units: string[]): void {
    this.alive[kind] = this.alive[kind].filter((each) => !units.includes(each));
  }

  private parentFor(kind: string, by: number): string | undefined {
    if (kind === 'province') return 'vn';
    if (kind === 'district') return this.choose(this.alive.province, by);
    // Where there are no districts any more, communes lie in provinces.
    return this.choose(this.alive.district, by) ?? this.choose(this.alive.province, by);
  }

  private divide(kind: 'province' | 'district' | 'commune', source: string | undefined, how: number): void {
    const parent = this.parentFor(kind, how);
    if (!source || !parent) return;
    // A district may become communes, as all did in 2025.
    const into = kind === 'district' && how % 4 === 0 ? 'commune' : kind;
    const home = into === kind ? parent : this.choose(this.alive.province, how);
    if (!home) return;
    const targets = [`${into[0]}x${this.next++}`, `${into[0]}x${this.next++}`];
    const livesOn = how % 3 === 2;
    this.told.provinces('UnitsReorganised', {
      effectiveOn: this.today,
      established: targets.map((unit) => ({ unit, kind: into, parent: home, name: unit })),
      parts: [
        ...targets.map((to, index) => ({ from: source, to, extent: 'part', default: how % 2 === 1 && index === 0 })),
        ...(livesOn ? [{ from: source, to: source, extent: 'part' }] : []),
      ],
    });
    if (!livesOn) this.end(kind, source);
    for (const target of targets) this.begin(into, target);
  }

  private merge(kind: 'province' | 'district' | 'commune', one?: string, other?: string): void {
    const parent = this.parentFor(kind, this.next);
    if (!one || !other || one === other || !parent || parent === one || parent === other) return;
    const target = `${kind[0]}x${this.next++}`;
    this.told.provinces('UnitsReorganised', {
      effectiveOn: this.today,
      established: [{ unit: target, kind, parent, name: target }],
      parts: [one, other].map((from) => ({ from, to: target })),
    });
    this.end(kind, one, other);
    this.begin(kind, target);
  }

  private absorb(kind: 'province' | 'district' | 'commune', one?: string, other?: string): void {
    if (!one || !other || one === other) return;
    this.told.provinces('UnitsReorganised', { effectiveOn: this.today, parts: [{ from: one, to: other }] });
    this.end(kind, one);
  }

  private move(kind: 'district' | 'commune', unit: string | undefined, how: number): void {
    const parent = this.parentFor(kind, how);
    if (unit && parent) this.told.provinces('UnitMoved', { unit, parent, effectiveOn: this.today });
  }

  private abolish(unit: string | undefined): void {
    if (!unit) return;
    this.told.provinces('UnitAbolished', { unit, effectiveOn: this.today });
    this.end('commune', unit);
  }

  private found(seat: string | undefined, how: number): void {
    const centre = `z${this.next++}`;
    const established = how % 2 ? { establishedOn: this.today } : { knownSince: this.today };
    this.told.centres('CentreEstablished', {
      centre,
      kind: 'gdtx',
      seat: how === 7 ? 'unheard-of' : seat,
      ...established,
    });
    this.begin('centre', centre);
  }

  private moveCentre(centre?: string, seat?: string): void {
    if (centre) this.told.centres('CentreMoved', { centre, seat, effectiveOn: this.today });
  }

  private foundCommunityCentre(commune?: string): void {
    if (!commune) return;
    const centre = `y${this.next++}`;
    this.told.community('CommunityCentreEstablished', { centre, commune, name: centre, establishedOn: this.today });
    this.begin('community-centre', centre);
  }

  private moveCommunityCentre(who: number, how: number): void {
    const [centre, commune] = [
      this.choose(this.alive['community-centre'], who),
      this.choose(this.alive.commune, who + how),
    ];
    if (!centre || !commune) return;
    this.told.community('CommunityCentreMoved', { centre, commune, effectiveOn: this.today });
  }

  private suspendOrResume(kind: 'centre' | 'community-centre', who: number, how: number): void {
    const centre = this.choose(this.alive[kind], who);
    if (!centre) return;
    const tell = (name: string, data: object) =>
      kind === 'centre'
        ? this.told.centres(`Operation${name}`, { centre, ...data })
        : this.told.community(`CommunityCentre${name}`, { centre, ...data });
    if (this.suspended.delete(centre)) tell('Resumed', { effectiveOn: this.today });
    else {
      this.suspended.add(centre);
      tell('Suspended', { from: this.today, until: how % 2 ? addDays(this.today, 900) : '' });
    }
  }

  private reorganiseCentres(who: number, how: number): void {
    const [one, other] = [this.choose(this.alive.centre, who), this.choose(this.alive.centre, who + 1)];
    if (!one || !other || one === other) return;
    const fresh = (centre: string, isDefault = false) => ({
      centre,
      default: isDefault,
      established: { kind: 'gdtx', name: centre, seat: this.choose(this.units, how) },
    });
    const names = [`z${this.next++}`, `z${this.next++}`];
    const [sources, targets] =
      how < 3
        ? [[one, other], [fresh(names[0]!)]]
        : how < 5
          ? [[one], names.map((name, i) => fresh(name, how === 3 && i === 0))]
          : [[one], [{ centre: other }]];
    this.told.centres('CentresReorganised', { sources, targets, effectiveOn: this.today });
    this.end('centre', ...sources);
    for (const target of targets) if ('established' in target) this.begin('centre', target.centre);
  }
}
