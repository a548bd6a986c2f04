/** Months since year 0, as columns hold them. */
const MONTHS = 0x10000;

/**
 * In which month the first of what is held of each month was recorded: as known before, nothing was said of it. What is withdrawn or given
 * back later stays noted.
 */
export class FirstHeard {
  /** 0: nothing was ever said of it. */
  private readonly first = new Uint16Array(MONTHS);

  note(month: number, recorded: number): void {
    const first = this.first[month]!;
    if (first === 0 || recorded < first) this.first[month] = recorded;
  }

  /** Notes all of them on their way. */
  *noted<Said extends { month: number; recorded: number }>(all: Iterable<Said>): Iterable<Said> {
    for (const said of all) {
      this.note(said.month, said.recorded);
      yield said;
    }
  }

  /** Whether anything had been said of a month by the end of another; of none that it stood. */
  wasHeardBy(month: number, known: number): boolean {
    const first = this.first[month] ?? 0;
    return first !== 0 && first <= known;
  }
}
