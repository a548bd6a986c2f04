/** Twelve numbers a ledger and year. */
const YEAR = 12;

/**
 * Of each ledger and month, the last entry that changed what is said of it: whether a month was changed since it was approved.
 * In one piece of memory, a piece of twelve numbers a document.
 */
export class MonthSeqs {
  private seqs = new Uint32Array(YEAR * 64);
  private length = 0;
  /** Where a ledger's year begins, by ledger and year. */
  private readonly places = new Map<number, number>();

  /** Takes in the twelve numbers of a document's year; undefined: nothing is known. */
  put(ledger: number, year: number, lastSeqs: ArrayLike<number> | undefined): void {
    const key = keyOf(ledger, year);
    let place = this.places.get(key);
    if (place === undefined) {
      if (!lastSeqs) return;
      this.places.set(key, (place = this.add()));
    }
    if (lastSeqs) this.seqs.set(lastSeqs, place);
    else this.seqs.fill(0, place, place + YEAR);
  }

  /** 0: no entry that is known. `month`: months since year 0. */
  of(ledger: number | undefined, month: number): number {
    if (ledger === undefined) return 0;
    const place = this.places.get(keyOf(ledger, Math.floor(month / YEAR)));
    return place === undefined ? 0 : this.seqs[place + (month % YEAR)]!;
  }

  private add(): number {
    if (this.length + YEAR > this.seqs.length) {
      const larger = new Uint32Array(this.seqs.length + (this.seqs.length >> 1));
      larger.set(this.seqs);
      this.seqs = larger;
    }
    const place = this.length;
    this.length += YEAR;
    return place;
  }
}

const keyOf = (ledger: number, year: number): number => ledger * 10_000 + year;
