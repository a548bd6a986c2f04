import type { FigureQuestion } from '../api/queries.js';
import { addMonths } from '../formats/dates.js';
import { compared, type ComparedKind } from '../view/compared.js';
import type { View } from '../view/view.js';
import type { Better } from './against.js';

const TREND_MONTHS = 24;

/** One of the figures that stand first, and how it is compared. */
export interface HeadlineOf {
  indicator: string;
  kind: ComparedKind;
  /** Default: more is better. */
  better?: Better;
}

/** Whose figures, of which day. */
export interface Of {
  unit: string;
  at: string;
  view: Pick<View, 'map' | 'known'>;
}

export interface HeadlineQuestions {
  now: FigureQuestion;
  whole: FigureQuestion | undefined;
  before: FigureQuestion | undefined;
  trend: FigureQuestion;
}

/** What is asked of one of the figures that stand first: what it is, what it is held against, how it went. Pure. */
export function headlineQuestions({ indicator, kind }: HeadlineOf, { unit, at, view }: Of): HeadlineQuestions {
  const { now, whole, before } = compared(kind, at);
  const common = { indicator, unit, map: view.map, known: view.known };
  const month = at.slice(0, 7);
  return {
    now: { ...common, ...now },
    whole: whole && { ...common, ...whole },
    before: before && { ...common, ...before },
    trend: { ...common, from: addMonths(month, 1 - TREND_MONTHS), to: month, by: 'month' },
  };
}

/** Of several: first what each is, last how they went. */
export function questionsOfHeadlines(headlines: readonly HeadlineOf[], of: Of): (FigureQuestion | undefined)[] {
  const each = headlines.map((headline) => headlineQuestions(headline, of));
  return [
    ...each.map(({ now }) => now),
    ...each.flatMap(({ whole, before }) => [whole, before]),
    ...each.map(({ trend }) => trend),
  ];
}
