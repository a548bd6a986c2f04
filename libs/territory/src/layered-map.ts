/** Beyond this many own entries a fork folds them into a base of its own, so that forks of forks stay cheap. */
const OWN_LIMIT = 512;

/**
 * A map that is cheap to fork: both sides share a base that nobody writes to any more, and keep what they change.
 * Values are replaced, never changed in place.
 */
export class LayeredMap<K, V> {
  private constructor(
    private base: Map<K, V>,
    private own: Map<K, V>,
    private shared: boolean,
  ) {}

  static empty<K, V>(): LayeredMap<K, V> {
    return new LayeredMap<K, V>(new Map(), new Map(), false);
  }

  get(key: K): V | undefined {
    const own = this.own.size > 0 ? this.own.get(key) : undefined;
    return own ?? this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  set(key: K, value: V): void {
    (this.shared ? this.own : this.base).set(key, value);
  }

  fork(): LayeredMap<K, V> {
    if (this.own.size > OWN_LIMIT) {
      this.base = new Map(this.base);
      for (const [key, value] of this.own) this.base.set(key, value);
      this.own = new Map();
    }
    this.shared = true;
    return new LayeredMap(this.base, new Map(this.own), true);
  }

  *keys(): IterableIterator<K> {
    yield* this.base.keys();
    for (const key of this.own.keys()) if (!this.base.has(key)) yield key;
  }

  *entries(): IterableIterator<[K, V]> {
    for (const key of this.keys()) yield [key, this.get(key)!];
  }
}
