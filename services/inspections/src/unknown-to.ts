import { refuse, type Refusal } from '@gdtx/ledger/refusal';

/** The refusal of what isn't there, and in the same words of what is there and doesn't concern who speaks. */
export function unknownTo(source: string, what: 'inspection' | 'visit' | 'recommendation', id: string): Refusal {
  return refuse(`${what}-unknown`, `There is no ${what} \`${id}\` that concerns \`${source}\`.`, `data.${what}`);
}
