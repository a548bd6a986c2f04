import type { Registry, RegistryFact } from '@gdtx/territory/registry';

/** What some facts, from the index `from` to `to`, both inclusive, changed of each key. */
export interface Attributed<Key> {
  from: number;
  to: number;
  changes: readonly (readonly [Key, number])[];
}

interface State<Key> {
  /** How many of the facts it holds. */
  at: number;
  registry: Registry;
  values: ReadonlyMap<Key, number>;
}

export interface Attributing<Key> {
  facts: readonly RegistryFact[];
  /** Before the first of them, for folding on; it is forked. */
  start: Registry;
  /** What each key is by a registry. */
  measure: (registry: Registry, keys: readonly Key[]) => ReadonlyMap<Key, number>;
  before: ReadonlyMap<Key, number>;
  after: ReadonlyMap<Key, number>;
  /** How many states of the registry may be looked at; then what is left is told of several facts together. */
  most: number;
  pause: () => Promise<void>;
}

/**
 * Finds the registry facts by which values changed: halves the facts where anything differs, until one is left. However it is cut,
 * the changes add up to the difference.
 */
export async function attribute<Key>(of: Attributing<Key>): Promise<Attributed<Key>[]> {
  const found: Attributed<Key>[] = [];
  let left = of.most;
  const halve = async (low: State<Key>, high: State<Key>): Promise<void> => {
    const keys = [...low.values.keys()].filter((key) => low.values.get(key) !== high.values.get(key));
    if (keys.length === 0) return;
    if (high.at - low.at <= 1 || left === 0) {
      const changes = keys.map((key) => [key, high.values.get(key)! - low.values.get(key)!] as const);
      found.push({ from: low.at, to: high.at - 1, changes });
      return;
    }
    left--;
    await of.pause();
    const at = (low.at + high.at) >> 1;
    const registry = low.registry.fork();
    for (const fact of of.facts.slice(low.at, at)) registry.apply(fact);
    const middle = { at, registry, values: of.measure(registry, keys) };
    const those = (values: ReadonlyMap<Key, number>) => new Map(keys.map((key) => [key, values.get(key)!]));
    await halve({ ...low, values: those(low.values) }, middle);
    await halve(middle, { ...high, values: those(high.values) });
  };
  const first = { at: 0, registry: of.start, values: of.before };
  if (of.facts.length > 0) await halve(first, { at: of.facts.length, registry: of.start, values: of.after });
  return found;
}
