import type { Day } from './days.js';
import { folded } from './names.js';
import type { Span, UnitRecord } from './records.js';
import { heirsOf, isAlive } from './records.js';
import type { Registry } from './registry.js';

export interface Match {
  what: 'name' | 'code' | 'id';
  value: string;
  from: Day | null;
  to: Day | null;
}

export interface SearchHit {
  unit: UnitRecord;
  /** The names and codes that matched, with the time in which the unit bore them; the latest first. */
  matches: Match[];
  /** Of a unit that has ended: to whom it handed over. */
  successors: string[];
}

interface Indexed extends Match {
  unit: string;
  folded: string;
}

/**
 * Units by any name, official code or id that they ever had, without regard to tones and case. With `on`: units that lived
 * on that day, by what they were called then. Whole names come first, then those whose type alone comes before, beginnings, and the rest.
 * A code is found by its beginning, an id as a whole.
 */
export function search(registry: Registry, text: string, on?: Day): SearchHit[] {
  const wanted = folded(text);
  if (wanted === '') return [];
  const hits = new Map<string, { matches: Match[]; rank: number }>();
  for (const { unit, folded: key, ...match } of indexOf(registry)) {
    const rank = rankOf(key, match, wanted);
    if (rank === undefined || (on !== undefined && !holdsOn(match, on))) continue;
    const hit = hits.get(unit);
    if (!hit) hits.set(unit, { matches: [match], rank });
    else {
      hit.matches.unshift(match);
      hit.rank = Math.min(hit.rank, rank);
    }
  }
  return [...hits]
    .sort(([a, one], [b, other]) => one.rank - other.rank || (a < b ? -1 : 1))
    .map(([id, { matches }]) => ({ unit: registry.unit(id)!, matches }))
    .filter(({ unit }) => on === undefined || isAlive(unit, on))
    .map(({ unit, matches }) => ({ unit, matches, successors: heirsOf(unit).map((edge) => edge.other) }));
}

function rankOf(key: string, match: Match, wanted: string): number | undefined {
  if (key === wanted) return 0;
  if (match.what === 'id') return undefined;
  const at = key.indexOf(wanted);
  if (at < 0 || (match.what === 'code' && at > 0)) return undefined;
  if (at + wanted.length === key.length && key[at - 1] === ' ') return 1;
  return at === 0 ? 2 : 3;
}

const holdsOn = (match: Match, on: Day): boolean =>
  (match.from === null || on >= match.from) && (match.to === null || on < match.to);

function indexOf(registry: Registry): readonly Indexed[] {
  return registry.remember('search', () => {
    const index: Indexed[] = [];
    const add = (unit: string, what: Match['what'], value: string, span: Pick<Span<unknown>, 'from' | 'to'>): void => {
      if (value) index.push({ unit, what, value, from: span.from, to: span.to, folded: folded(value) });
    };
    for (const record of registry.all()) {
      add(record.id, 'id', record.id, record.life);
      for (const span of record.codes) add(record.id, 'code', span.value, span);
      for (const span of record.names) {
        add(record.id, 'name', span.value.vi, span);
        if (folded(span.value.en) !== folded(span.value.vi)) add(record.id, 'name', span.value.en, span);
      }
    }
    return index;
  });
}
