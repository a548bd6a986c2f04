import { malformed } from '@gdtx/service-kit/problem';
import { month } from '@gdtx/service-kit/query';
import type { Registry } from '@gdtx/territory/registry';
import type { z } from 'zod';
import { figureParameters, figureQuery, knownMonth } from '../figure-query.js';
import type { Comparison } from './figure-changes.js';

/** The parameters of `/v1/figures/changes`: a figure's, with the two times that are compared. */
export const changesParameters = figureParameters
  .omit({ by: true, sort: true, format: true })
  .extend({ known: month, until: figureParameters.shape.known });

/** Turns parameters into the two queries; the same 404 and 400 as of a figure, and a 400 where there is nothing to compare. */
export function comparison(
  { known, until, ...asked }: z.output<typeof changesParameters>,
  registry: Registry,
  today: string,
): Comparison {
  const now = { ...figureQuery({ ...asked, known: 'latest', sort: 'key' }, registry, today), knownBy: until };
  now.known = knownMonth(until, today, 'until');
  const then = { ...now, known: knownMonth(known, today), knownBy: known };
  if (then.known >= now.known) throw malformed(`\`known\` ${known} isn’t before \`until\` ${until}.`, 'known');
  return { then, now };
}
