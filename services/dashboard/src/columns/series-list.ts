const FIRST = 16;

/** Whose rows the columns of an indicator's part hold: a number for each (unit, ledger, category), which rows then name. */
export class SeriesList {
  length = 0;
  /** The unit that it belongs to. */
  unit = new Int32Array(FIRST);
  /** The ledger that says so. */
  ledger = new Int32Array(FIRST);
  category = new Int32Array(FIRST);

  add(unit: number, ledger: number, category: number): number {
    if (this.length === this.unit.length) {
      this.unit = larger(this.unit);
      this.ledger = larger(this.ledger);
      this.category = larger(this.category);
    }
    const at = this.length++;
    this.unit[at] = unit;
    this.ledger[at] = ledger;
    this.category[at] = category;
    return at;
  }
}

/** The same numbers in half as much room again. */
export function larger(old: Int32Array): Int32Array<ArrayBuffer> {
  const made = new Int32Array(old.length + (old.length >> 1) + 16);
  made.set(old);
  return made;
}
