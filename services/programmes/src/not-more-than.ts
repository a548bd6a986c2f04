import type { Breakdown } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { atLeast, atMost, excess, excessOfAges, fieldOf, wordsOf } from './people.js';

/** Of two counts in one fact, the one is part of the other: passed of the candidates, employed of those asked. */
export function notMoreThan(
  fewer: Breakdown,
  more: Breakdown,
  slug: string,
  whole: string,
  path: string,
): Refusal | undefined {
  const [least, most] = [atLeast(fewer), atMost(more)];
  const line = excess(least, most);
  if (line) {
    const sentence = `${least[line] ?? 0} ${wordsOf(line)} are more than the ${most[line] ?? most.total} among the ${whole}.`;
    return refuse(slug, sentence, `${path}.${fieldOf(line)}`);
  }
  const age = excessOfAges(fewer, more);
  return age && refuse(slug, `\`${age}\` is higher than among the ${whole}.`, `${path}.ages.${age}`);
}
