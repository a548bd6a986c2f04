/** Keeps what was put in last, up to a number of bytes. */
export class BoundedCache<V> {
  private readonly kept = new Map<string, V>();
  private bytes = 0;

  /** `sizeOf`: bytes of a value with its key; the same as long as it is kept. `onDropped`: something had to go. */
  constructor(
    private readonly maxBytes: number,
    private readonly sizeOf: (value: V, key: string) => number,
    private readonly onDropped: () => void = () => undefined,
  ) {}

  get(key: string): V | undefined {
    return this.kept.get(key);
  }

  set(key: string, value: V): void {
    this.delete(key);
    this.kept.set(key, value);
    this.bytes += this.sizeOf(value, key);
    if (this.bytes <= this.maxBytes) return;
    this.dropOldest();
    this.onDropped();
  }

  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.kept.size, bytes: this.bytes };
  }

  private dropOldest(): void {
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.maxBytes) return;
      this.delete(oldest);
    }
  }

  private delete(key: string): void {
    const old = this.kept.get(key);
    if (old === undefined) return;
    this.kept.delete(key);
    this.bytes -= this.sizeOf(old, key);
  }
}
