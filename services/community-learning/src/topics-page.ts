import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { topicKey, type Topic } from './learning/learning.js';

const AT_ONCE = 500;

/** A host's topics by their ids, of the months asked for; `next`: the id to go on after, null at the end. */
export async function topicsBetween(
  states: OwnerReads['states'],
  host: string,
  query: { from?: string | undefined; to?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: Topic[]; next: string | null }> {
  const items: Topic[] = [];
  let after = query.after === undefined ? undefined : topicKey(host, query.after);
  for (;;) {
    const page = await states.list<Topic>(topicKey(host, ''), { after, limit: AT_ONCE });
    for (const { state } of page) {
      if (!isBetween(state.heldOn, query.from, query.to)) continue;
      if (items.length === query.limit) return { items, next: items.at(-1)!.topic };
      items.push(state);
    }
    if (page.length < AT_ONCE) return { items, next: null };
    after = page.at(-1)!.key;
  }
}

function isBetween(day: string, from = '', to = '9999-12'): boolean {
  const month = day.slice(0, 7);
  return month >= from && month <= to;
}
