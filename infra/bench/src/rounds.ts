/** One round of publishing. */
export interface Pace {
  facts: number;
  seconds: number;
  /** A second. */
  rate: number;
}

export function paceOf(facts: number, milliseconds: number): Pace {
  return { facts, seconds: milliseconds / 1000, rate: (facts / milliseconds) * 1000 };
}

/** Each publisher sends one thing after the other until the time is over; all of what is acknowledged counts. */
export async function publishFor(milliseconds: number, publishers: readonly (() => Promise<number>)[]): Promise<Pace> {
  const began = performance.now();
  let facts = 0;
  const until = began + milliseconds;
  await Promise.all(
    publishers.map(async (publish) => {
      do {
        const sent = await publish();
        facts += sent;
      } while (performance.now() < until);
    }),
  );
  return paceOf(facts, performance.now() - began);
}

/**
 * Takes turns: everybody once unmeasured, so that code is compiled and connections are open, then round after round. What else
 * happens on the machine then hits all of them alike.
 */
export async function inTurns<Name extends string, Result>(
  rounds: number,
  runners: Record<Name, () => Promise<Result>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(runners) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (const name of names) await runners[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await runners[name]());
  }
  return results;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between the two values around the place. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** 12,345 */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** Does it so often, one after the other, and says how long each took, in milliseconds. */
export async function timeEach(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return took;
}
