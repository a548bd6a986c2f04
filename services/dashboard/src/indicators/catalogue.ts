import { centreIndicators } from './catalogue/centres.js';
import { communityIndicators } from './catalogue/community.js';
import { inspectionIndicators } from './catalogue/inspections.js';
import { learnerIndicators } from './catalogue/learners.js';
import { learningSocietyIndicators } from './catalogue/learning-society.js';
import { trainingIndicators } from './catalogue/training.js';
import type { Indicator } from './indicator.js';

/** Every indicator, in the order in which they are shown. A new one is an entry here and, unless it is a ratio, a fold. */
export const INDICATORS: readonly Indicator[] = [
  ...learnerIndicators,
  ...trainingIndicators,
  ...centreIndicators,
  ...communityIndicators,
  ...learningSocietyIndicators,
  ...inspectionIndicators,
];

const byId = new Map(INDICATORS.map((indicator) => [indicator.id, indicator]));

export function indicatorOf(id: string): Indicator | undefined {
  return byId.get(id);
}

/** The ids of ratios, and of numbers with a share, that change when this one does. */
export function madeOf(id: string): readonly string[] {
  return dependants.get(id) ?? [];
}

const dependants = new Map<string, string[]>();
for (const { id, ratio, share } of INDICATORS) {
  const terms = [ratio, share].flatMap((each) => (each ? [...each.numerator, ...each.denominator] : []));
  for (const base of new Set(terms.map((term) => term.indicator))) {
    if (base !== id) dependants.set(base, [...(dependants.get(base) ?? []), id]);
  }
}
