import { clipToLife, isAlive, valueOn, nearestValue } from '@gdtx/territory/records';
import { isEstimated, mapOf, rowOf, type Cell, type Level, type TerritoryMap } from '@gdtx/territory/maps';
import { thenDay } from '@gdtx/territory/places';
import { lastDayOfMonth, monthAt, schoolYearOf } from '@gdtx/territory/days';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import type { Dimension, FigureQuery } from './figure-query.js';

/** What a row is by one dimension. */
export interface Key {
  key: string;
  estimated?: boolean;
  /** Of a simulated unit's facts. */
  simulated?: true;
  undivided?: string[];
  unplaced?: boolean;
  /** By centre: it doesn't live on the map's day and stands for itself. */
  state?: 'ended' | 'notYet';
}

/** The moment that a fact belongs to: its month, for a level its day. */
export interface Moment {
  /** Months since year 0. */
  month: number;
  /** For levels. */
  day: string | null;
}

/** The map's level of a unit: itself for territory, `centre` for whatever has a seat. */
export function levelOf(record: UnitRecord): Level {
  return record.kind === 'community-centre' || record.kind === 'centre' ? 'centre' : record.kind;
}

/**
 * Which facts a figure is about, and to which rows they belong, by the map that was asked for. A figure's unit that doesn't
 * live on the map's day is asked for by the map of its own nearest day: a district that has ended means the people who were
 * its own.
 */
export class Places {
  /** Undefined where nobody knew of the unit yet, which then takes in nothing. */
  private readonly record: UnitRecord | undefined;

  constructor(
    private readonly registry: Registry,
    private readonly query: Pick<FigureQuery, 'unit' | 'mapDay'>,
  ) {
    this.record = registry.unit(query.unit);
  }

  /** Does a unit's fact of that moment belong to the figure's unit? */
  includes(): (unit: string, moment: Moment) => boolean {
    const { query, record, registry } = this;
    if (!record) return () => false;
    if (record.kind === 'country') return () => true;
    const level = levelOf(record);
    if (query.mapDay === null) {
      return (unit, moment) => this.placeThen(level, unit, moment).key === query.unit;
    }
    const day = clipToLife(record, query.mapDay);
    const map = mapOf(registry, { map: day, level });
    return (unit) => unit === query.unit || this.inMap(map, unit, 0).key === query.unit;
  }

  /** The row of a unit's fact by a dimension of place. */
  by(dimension: Dimension): (unit: string, moment: Moment) => Key {
    if (dimension === 'authority') return (unit, moment) => ({ key: this.authority(unit, moment) });
    const level = dimension as Level;
    if (this.query.mapDay === null) return (unit, moment) => this.placeThen(level, unit, moment);
    const map = mapOf(this.registry, { map: this.query.mapDay, level });
    return (unit) => this.inMap(map, unit, 0);
  }

  private placeThen(level: Level, unit: string, moment: Moment): Key {
    if (moment.day !== null) return this.inMap(mapOf(this.registry, { map: moment.day, level }), unit, 0);
    return this.inMap(mapOf(this.registry, { map: 'then', level }), unit, moment.month);
  }

  private inMap(map: TerritoryMap, unit: string, month: number): Key {
    return keyOf(map, map.cell(unit, month));
  }

  private authority(unit: string, moment: Moment): string {
    const record = this.registry.unit(unit);
    if (!record) return UNKNOWN_AUTHORITY;
    return authorityOn(
      record,
      this.query.mapDay ?? moment.day ?? thenDay(record, lastDayOfMonth(monthAt(moment.month))),
    );
  }
}

/** A cell of a map as the key of a row. */
export function keyOf(map: TerritoryMap, cell: Cell): Key {
  const row = map.rows[rowOf(cell)]!;
  const key: Key = { key: row.key };
  if (isEstimated(cell)) key.estimated = true;
  if (row.kind === 'undivided') key.undivided = row.candidates;
  if (row.kind === 'unplaced') key.unplaced = true;
  if (row.kind === 'none') key.key = 'none';
  if (map.level === 'centre' && row.state !== 'alive') key.state = row.state === 'ended' ? 'ended' : 'notYet';
  return key;
}

export const UNKNOWN_AUTHORITY = 'unknown';

/** Who a unit answers to on a day, or on the nearest of which it is known. */
export function authorityOn(record: UnitRecord, day: string): string {
  const body = valueOn(record.authorities, day) ?? nearestValue(record.authorities, day);
  return body ? `${body.body} (${body.of})` : UNKNOWN_AUTHORITY;
}

/** The unit whose level counts on a day: itself while it lives; after its end its successor, which carries it. */
export function bearerOn(
  registry: Registry,
  unit: string,
  day: string,
): { unit: string; carried: boolean } | undefined {
  const record = registry.unit(unit);
  // Territory and what isn't known yet stand for themselves: what is said of a district stays said of it.
  if (!record || levelOf(record) !== 'centre') return { unit, carried: false };
  if (isAlive(record, day)) return { unit, carried: false };
  if (record.life.to === null || day < record.life.to) return { unit, carried: false };
  const map = mapOf(registry, { map: day, level: 'centre' });
  const row = map.rows[rowOf(map.cell(unit, 0))]!;
  if (row.kind === 'placed' && row.key !== unit) return { unit: row.key, carried: true };
  // Divided without a default: it stands for itself, undivided. Ended without a successor: its level ended with it.
  return row.kind === 'undivided' ? { unit, carried: true } : undefined;
}

/** The key of the period that a month lies in. */
export function periodKey(dimension: Dimension, month: number): string {
  const text = monthAt(month);
  if (dimension === 'month') return text;
  return dimension === 'year' ? text.slice(0, 4) : schoolYearOf(text);
}
