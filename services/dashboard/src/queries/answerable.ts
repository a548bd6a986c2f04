import { Problem } from '@gdtx/service-kit/problem';
import type { Indicator } from '../indicators/indicator.js';
import { DIMENSIONS, type Dimension } from './dimensions.js';

/** What coverage has rows by: a commune is covered or not, whoever its centre is and however many there are. */
const COVERAGE_BY: readonly Dimension[] = ['province', 'district', 'commune', 'month', 'year', 'school-year'];

/** What an indicator has rows by. */
export function possibleBy(indicator: Indicator): readonly Dimension[] {
  if (indicator.id === 'community-coverage') return COVERAGE_BY;
  if (indicator.ratio?.byCategory === 'none') return DIMENSIONS.filter((dimension) => dimension !== 'category');
  return DIMENSIONS;
}

/**
 * Refuses what would be answered by nothing, or by a number of something else: rows that an indicator doesn't have, a part of people
 * where units are counted, and the bases of the coverage, which has them both.
 */
export function refuseWithoutAnswer(indicator: Indicator, by: readonly Dimension[], part: string): void {
  const { id } = indicator;
  if (id === 'communes' || id === 'communes-covered') {
    const said = `\`${id}\` is ${id === 'communes' ? 'the denominator' : 'the numerator'} of \`community-coverage\`: ask for that one.`;
    throw new Problem(400, 'part-of-a-ratio', said, { path: 'indicator', ask: 'community-coverage' });
  }
  const possible = possibleBy(indicator);
  const impossible = by.find((dimension) => !possible.includes(dimension));
  if (impossible !== undefined) {
    const said = `\`${id}\` has no rows by ${impossible}; it has rows by ${possible.join(', ')}.`;
    throw new Problem(400, 'no-such-rows', said, { path: 'by', possible });
  }
  if (part !== '' && (indicator.from === 'registry' || id === 'community-coverage')) {
    const said = `\`${id}\` counts units, and these have no part \`${part}\`: leave \`part\` out.`;
    throw new Problem(400, 'no-such-part', said, { path: 'part' });
  }
}
