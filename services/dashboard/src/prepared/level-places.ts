import { heirsOf } from '@gdtx/territory/records';
import { daysOf, isSeated, territoryDays } from '@gdtx/territory/resolve';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { Dictionary } from '../columns/dictionary.js';
import { heirsOfLevels, type Heir } from '../queries/heirs.js';
import { bearerOn, type Key } from '../queries/places.js';
import { COUNTED, unitsOfKind } from '../queries/registry-levels.js';
import { ESTIMATED } from '../queries/unit-codes.js';
import type { Points } from './points.js';
import type { SumPlaces } from './sum-places.js';

/** Nobody bears it. */
export const NOBODY = -1;
export const ITS_OWN: readonly Heir[] = [];

/** From a point on, until the next piece, a unit's level is put to one place. */
export interface Piece {
  from: number;
  /** Of `keyOf`, with the lowest bit for what is only carried and the next for what is simulated; or NOBODY. */
  code: number;
  /** Who carries it until they have said it anew; none: it is the unit's own. */
  heirs: readonly Heir[];
}

/**
 * Where the levels of units are put at each point: the place of who bears them. It depends on the registry alone; that a successor's
 * report ends what it carried is for each indicator to say.
 */
export class LevelPlaces {
  private readonly pieces: (readonly Piece[])[] = [];
  /** Units that never change their place share their one piece. */
  private readonly still = new Map<number, readonly Piece[]>();
  private endedUnits: ReadonlySet<number> | undefined;

  /** `registry` says who bears a level on a day, `places` where that one lies. */
  constructor(
    private readonly registry: Registry,
    private readonly units: Dictionary,
    private readonly places: SumPlaces,
    private readonly points: Points,
  ) {}

  /** In order; the first holds from ever. */
  of(unit: number): readonly Piece[] {
    return (this.pieces[unit] ??= this.find(unit));
  }

  /** The code of a unit that stays where it is and bears its own, as most do; undefined: it isn't among those. */
  stillOf(unit: number): number | undefined {
    const { places, points } = this;
    return places.move || this.ended.has(unit) ? undefined : places.onDays.at(points.today, unit);
  }

  /** Whether every unit that stays where it is by the others is at the same place here. */
  isLike(others: LevelPlaces): boolean {
    if (this.places !== others.places) return false;
    for (const unit of this.ended) if (!others.ended.has(unit)) return false;
    return true;
  }

  /** The key of a piece's place; estimated where a default successor decided. */
  keyOf(code: number): Key {
    return this.places.onDays.keyOf(code);
  }

  private find(unit: number): readonly Piece[] {
    const still = this.stillOf(unit);
    if (still !== undefined) return this.stillAt(still);
    const record = this.registry.unit(this.units.text(unit));
    const changes = this.changesOf(record);
    const heirs =
      record && isSeated(record) ? heirsOfLevels(this.registry, record, (heir) => this.units.number(heir)) : ITS_OWN;
    if (changes.length === 0) {
      const piece = this.pieceAt(unit, heirs, 0, this.points.today);
      return piece.heirs.length > 0 ? [piece] : this.stillAt(piece.code);
    }
    const pieces: Piece[] = [];
    for (const from of [0, ...changes]) {
      const piece = this.pieceAt(unit, heirs, from, this.points.day(from === 0 ? changes[0]! - 1 : from));
      const last = pieces.at(-1);
      if (last?.code !== piece.code || last.heirs !== piece.heirs) pieces.push(piece);
    }
    return pieces;
  }

  private get ended(): ReadonlySet<number> {
    return (this.endedUnits ??= endedOf(this.registry, this.units));
  }

  private stillAt(code: number): readonly Piece[] {
    let shared = this.still.get(code);
    if (!shared) this.still.set(code, (shared = [{ from: 0, code, heirs: ITS_OWN }]));
    return shared;
  }

  /** The points from which a unit may be borne by another, or lie elsewhere. */
  private changesOf(record: UnitRecord | undefined): number[] {
    const { move } = this.places;
    const days = new Set<string>(move ? territoryDays(this.registry) : []);
    if (record && isSeated(record) && (move || record.life.to !== null)) {
      for (const day of this.daysOfHeirs(record, new Set())) days.add(day);
    }
    return [...new Set([...days].map((day) => this.points.from(day)))].sort((a, b) => a - b);
  }

  private daysOfHeirs(record: UnitRecord, seen: Set<string>): string[] {
    seen.add(record.id);
    const heirs = heirsOf(record).flatMap(({ other }) => (seen.has(other) ? [] : (this.registry.unit(other) ?? [])));
    return [...daysOf(record), ...heirs.flatMap((heir) => this.daysOfHeirs(heir, seen))];
  }

  private pieceAt(unit: number, heirs: readonly Heir[], from: number, day: string): Piece {
    const bearer = bearerOn(this.registry, this.units.text(unit), day);
    if (!bearer) return { from, code: NOBODY, heirs: ITS_OWN };
    const code = this.places.onDays.at(day, this.units.number(bearer.unit));
    return { from, code: bearer.carried ? code | ESTIMATED : code, heirs: bearer.carried ? heirs : ITS_OWN };
  }
}

/** Of those that bear levels. */
function endedOf(registry: Registry, units: Dictionary): ReadonlySet<number> {
  const ended = new Set<number>();
  for (const kind of COUNTED) {
    for (const { id, life } of unitsOfKind(registry, kind)) if (life.to !== null) ended.add(units.number(id));
  }
  return ended;
}
