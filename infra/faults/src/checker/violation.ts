/** What an invariant was broken by; the kinds are those that the checker is tested to find. */
export interface Violation {
  kind:
    | 'lost'
    | 'doubled'
    | 'gap'
    | 'changed'
    | 'unasked'
    | 'not-in-kafka'
    | 'kafka-order'
    | 'kafka-partition'
    | 'kafka-changed'
    | 'figure'
    | 'cursor'
    | 'receipt'
    | 'verify';
  /** A sentence. */
  what: string;
}

const MOST_SHOWN = 12;

/** Throws an Error that names the first of them, and how many there are of each kind. */
export function demandNone(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const counts = new Map<string, number>();
  for (const { kind } of violations) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sums = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const shown = violations.slice(0, MOST_SHOWN).map(({ kind, what }) => `  ${kind}: ${what}`);
  throw new Error(`The promise is broken: ${sums}.\n${shown.join('\n')}`);
}
