import type { Day } from '@gdtx/territory/days';
import type { Key } from '../queries/places.js';
import { codeWith, numberOf, type UnitCodes } from '../queries/unit-codes.js';

/** Where units lie on days, as numbers: rows of the maps of different days have numbers of their own, here a key has one. */
export class PlaceCodes {
  private readonly keys: Key[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly days = new Map<Day, PlacesOfDay>();

  /** `on`: the places of a day. */
  constructor(private readonly on: (day: Day) => PlacesOf) {}

  /** The code of a unit's place, with SIMULATED where the unit is. */
  at(day: Day, unit: number): number {
    let known = this.days.get(day);
    if (!known) this.days.set(day, (known = { of: this.on(day), codes: new Map() }));
    const cell = known.of.always(unit);
    let code = known.codes.get(cell);
    if (code === undefined) known.codes.set(cell, (code = this.codeOf(known.of.key(cell))));
    return code;
  }

  /** Estimated where a default successor decided. */
  keyOf(code: number): Key {
    return this.keys[numberOf(code)]!;
  }

  private codeOf(key: Key): number {
    const name = JSON.stringify(key);
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.keys.push(key) - 1;
      this.numbers.set(name, number);
    }
    return codeWith(number, key.simulated === true);
  }
}

type PlacesOf = Pick<UnitCodes, 'always' | 'key'>;

interface PlacesOfDay {
  of: PlacesOf;
  /** By the day's own numbers. */
  codes: Map<number, number>;
}
