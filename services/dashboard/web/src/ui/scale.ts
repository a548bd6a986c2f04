/** Steps of a scale of colours: as many values in each as can be. Pure. */

export const STEPS = 6;

/** The least value of every step but the first, ascending; fewer where there are few different values. */
export function breaksOf(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length <= STEPS) return sorted.slice(1);
  const at = (step: number) => sorted[Math.floor((step * sorted.length) / STEPS)]!;
  return Array.from({ length: STEPS - 1 }, (_, i) => at(i + 1));
}

/** Which step a value is on: 0 is the lowest. Few steps are spread over the whole scale, so that the highest is darkest. */
export function stepOf(value: number, breaks: readonly number[]): number {
  const step = breaks.filter((least) => value >= least).length;
  return breaks.length === 0 ? Math.ceil(STEPS / 2) : Math.round((step * (STEPS - 1)) / breaks.length);
}

export const colourOf = (step: number): string => `var(--scale-${step})`;
