/** Keeps the results that were asked for last, up to a limit. */
export class Recent<V> {
  private readonly results = new Map<string, V>();

  constructor(private readonly limit: number) {}

  get isEmpty(): boolean {
    return this.results.size === 0;
  }

  values(): Iterable<V> {
    return this.results.values();
  }

  drop(unwanted: (result: V) => boolean): void {
    for (const [key, result] of this.results) if (unwanted(result)) this.results.delete(key);
  }

  get(key: string, work: () => V): V {
    const kept = this.results.get(key);
    if (kept !== undefined) {
      // To the end of the line: the first in it is the one not asked for the longest.
      this.results.delete(key);
      this.results.set(key, kept);
      return kept;
    }
    const result = work();
    this.results.set(key, result);
    if (this.results.size > this.limit) this.results.delete(this.results.keys().next().value!);
    return result;
  }
}
