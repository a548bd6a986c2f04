/**
 * The rank of each value, the most first: as many as are greater, and one. Equal values have the same rank; what isn't known has none.
 * Pure.
 */
export function ranksOf(values: readonly (number | null)[]): (number | undefined)[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => b - a);
  const ranks = new Map<number, number>();
  sorted.forEach((value, i) => {
    if (!ranks.has(value)) ranks.set(value, i + 1);
  });
  return values.map((value) => (value === null ? undefined : ranks.get(value)));
}
