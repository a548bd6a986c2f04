import type { FigureQuestion } from '../api/queries.js';
import type { Indicator, Term } from '../api/types.js';
import type { Of } from '../ui/headline-questions.js';
import { compared, type ComparedKind } from '../view/compared.js';
import type { LineOf } from './lines-of.js';

/** What the parts of the screen ask. Pure. */

/** A column of the table of places. */
export interface ColumnOf {
  indicator: string;
  kind: ComparedKind;
}

/** The columns of the table of places, in order; the one that it is ranked by stands in the address. */
export const COLUMNS: readonly ColumnOf[] = [
  { indicator: 'community-centres', kind: 'level' },
  { indicator: 'community-coverage', kind: 'level' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  { indicator: 'literacy-rate', kind: 'level' },
  { indicator: 'learning-families', kind: 'level' },
];

export type By = 'province' | 'commune';

export function columnQuestion({ indicator, kind }: ColumnOf, by: By, { unit, at, view }: Of): FigureQuestion {
  return { indicator, unit, map: view.map, known: view.known, by, sort: '-value', ...compared(kind, at).now };
}

export interface LineQuestions {
  now: FigureQuestion;
  whole: FigureQuestion | undefined;
  before: FigureQuestion | undefined;
  /** The two of which the catalogue divides one by the other beside its number. */
  share: { above: FigureQuestion; below: FigureQuestion } | undefined;
}

export function lineQuestions(
  { indicator, kind, category }: LineOf,
  share: Indicator['share'],
  { unit, at, view }: Of,
): LineQuestions {
  const { now, whole, before } = compared(kind, at);
  const whose = { unit, map: view.map, known: view.known };
  const common = { indicator, ...whose, ...byCategory(category) };
  const term = (each: Term): FigureQuestion => ({
    ...{ indicator: each.indicator, ...whose, ...now },
    ...byCategory(each.category),
  });
  const [above, below] = [share?.numerator[0], share?.denominator[0]];
  return {
    now: { ...common, ...now },
    whole: whole && { ...common, ...whole },
    before: before && { ...common, ...before },
    share: above && below && { above: term(above), below: term(below) },
  };
}

const byCategory = (category: string | undefined) => (category === undefined ? {} : { by: 'category' });
