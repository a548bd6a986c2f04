import { classKey, classPrefix, type ClassState } from './class.js';
import { classView } from './class-view.js';

/** States by key, as the ledger's reads give them. */
export interface StateLists {
  list<S>(prefix: string, page: { after?: string | undefined; limit: number }): Promise<{ key: string; state: S }[]>;
}

export interface ClassesWanted {
  type?: string | undefined;
  state?: 'open' | 'completed' | undefined;
  /** The id of a class: those after it. */
  after?: string | undefined;
  limit: number;
}

/** As many classes are looked at for one page, at most: a filter that finds few doesn't hold the caller up. */
const MOST_LOOKED_AT = 5_000;

/** The classes of a unit in the order of their ids; `next` is what to ask for after this page, and may come with an empty one. */
export async function classesPage(
  states: StateLists,
  unit: string,
  { type, state, after, limit }: ClassesWanted,
): Promise<{ items: object[]; next?: string }> {
  const prefix = classPrefix(unit);
  const items: object[] = [];
  let last = after === undefined ? undefined : classKey(unit, after);
  for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT;) {
    const found = await states.list<ClassState>(prefix, { after: last, limit });
    for (const { key, state: known } of found) {
      last = key;
      const isWanted =
        (!type || known.type === type) && (!state || (state === 'completed') === (known.completed !== undefined));
      if (isWanted) items.push(classView(key.slice(prefix.length), known));
      if (items.length === limit) return { items, next: key.slice(prefix.length) };
    }
    if (found.length < limit) return { items };
    lookedAt += found.length;
  }
  return { items, next: last!.slice(prefix.length) };
}
