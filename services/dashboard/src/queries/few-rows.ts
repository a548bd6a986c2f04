import { malformed } from '@gdtx/service-kit/problem';

/** More than this nobody reads, and they would take the memory and the time that others need. */
const MOST_ROWS = 200_000;

/** Refuses what nobody reads: a 400. */
export function demandFew({ size }: { readonly size: number }): void {
  if (size > MOST_ROWS) throw tooLong(`more than ${MOST_ROWS} rows`);
}

export function tooLong(what: string): Error {
  return malformed(`These would be ${what}: ask for a shorter time with \`from\` and \`to\`.`, 'from');
}
