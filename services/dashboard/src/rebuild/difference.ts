/** Something that the two models don't say alike. */
export interface Difference {
  service: string;
  /** The ledger's unit. */
  unit: string;
  /** The valid year; null where it isn't one year's. */
  year: number | null;
  /** The indicator, or the collection of the record, or `cursor`. */
  indicator: string;
  /** Which of it: category, part, months; the record's id and field. */
  where: string;
  /** What each says; `nothing` where one lacks it. */
  live: string;
  rebuilt: string;
}

/** `programmes gdtx-son-la 2024 learners-enrolled (refresher, 2024-09, recorded 2026-01): live 43, rebuilt 42`. */
export function sentenceOf({ service, unit, year, indicator, where, live, rebuilt }: Difference): string {
  const what = where ? `${indicator} (${where})` : indicator;
  return `${[service, unit, year, what].filter((word) => word !== null).join(' ')}: live ${live}, rebuilt ${rebuilt}`;
}

export const NOTHING = 'nothing';

/** Both sides' values by what they are of; those that differ, in order. */
export function* unlike(
  live: ReadonlyMap<string, string>,
  rebuilt: ReadonlyMap<string, string>,
): Iterable<{ key: string; live: string; rebuilt: string }> {
  for (const key of [...new Set([...live.keys(), ...rebuilt.keys()])].sort()) {
    const [one, other] = [live.get(key) ?? NOTHING, rebuilt.get(key) ?? NOTHING];
    if (one !== other) yield { key, live: one, rebuilt: other };
  }
}
