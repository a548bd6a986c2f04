/** A token that was found to be good, and what it says. */
export interface Verified<T> {
  value: T;
  /** Seconds since the epoch: the claim `exp`. */
  exp: number;
}

/** How long a token passes without another look at its signature: so late is a key noticed that was taken back. */
const PASSES_MS = 30_000;
const MOST_TOKENS = 500;

/**
 * Verifies a token once in a while instead of with every call: a signature costs as much as several facts, and publishers send
 * the same token again and again. Remembers only what was good, and nothing beyond its `exp`.
 */
export function rememberVerified<T>(
  verify: (token: string) => Promise<Verified<T>>,
  now: () => number = Date.now,
): (token: string) => Promise<T> {
  const kept = new Map<string, { value: T; until: number }>();
  return async (token) => {
    const known = kept.get(token);
    if (known && now() < known.until) return known.value;
    kept.delete(token);
    const { value, exp } = await verify(token);
    kept.set(token, { value, until: Math.min(now() + PASSES_MS, exp * 1000) });
    if (kept.size > MOST_TOKENS) kept.delete(kept.keys().next().value!);
    return value;
  };
}
