import { TotalsReported, type MeasuredTotal } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { notMoreThan } from '../not-more-than.js';
import { plain } from '@gdtx/contracts/plain';
import { mayReportMonth, REPORTING_ROLES } from '../reporting.js';
import { monthKey, nowSaid, saidOneWay, typeMonth } from './month.js';
import * as forms from './totals-facts.js';

export const totalsReported = defineFact<TotalsReported, typeof forms.totalsReported>({
  name: 'TotalsReported',
  title: { vi: 'Báo cáo số tổng hợp tháng', en: 'Totals reported' },
  description:
    'The totals of a month and a programme type, from who has no classes to report. Once; a correction withdraws it and says it anew.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: TotalsReported,
  schema: forms.totalsReported,
  example: {
    source: 'gdtx-thai-nguyen',
    data: {
      month: '2024-10',
      type: 'refresher',
      measures: [
        { measure: 'trainees', people: { total: 180, female: 112 } },
        { measure: 'learners-left', people: { total: 3 }, reason: 'dropped-out' },
      ],
    },
  },
  keys: ({ source, data }) => [monthKey(source, data.month)],
  decide: (fact, states, context) => {
    const { month, type, measures } = fact.data;
    const key = monthKey(fact.source, month);
    return firstRefusal(
      () => mayReportMonth(fact, month, context),
      () =>
        typeMonth(states, key, type)?.totals
          ? refuse('counted-twice', `The totals of ${type} in ${month} are reported already.`, 'data.month')
          : undefined,
      () => eachSaidOnce(measures),
      () => passedAreCandidates(measures),
      () => saidOneWay(states, key, type, namesOf(measures), 'totals', 'data.measures'),
    );
  },
  evolve: ({ source, data }, states) =>
    nowSaid(states, monthKey(source, data.month), data.type, namesOf(data.measures), 'totals', {
      totals: data.measures.map(plain),
    }),
});

const namesOf = (measures: readonly MeasuredTotal[]) => [...new Set(measures.map(({ measure }) => measure))];

/** A measure stands once; `learners-left` may be split by reasons, and then has no line without one. */
function eachSaidOnce(measures: readonly MeasuredTotal[]): Refusal | undefined {
  for (const [index, { measure, reason }] of measures.entries()) {
    const before = measures.slice(0, index).filter((other) => other.measure === measure);
    if (before.every((other) => other.reason && reason && other.reason !== reason)) continue;
    return refuse('counted-twice', `\`${measure}\` stands here twice.`, `data.measures.${index}.measure`);
  }
  return undefined;
}

function passedAreCandidates(measures: readonly MeasuredTotal[]): Refusal | undefined {
  const index = measures.findIndex(({ measure }) => measure === 'exam-passed');
  const candidates = measures.find(({ measure }) => measure === 'exam-candidates')?.people;
  if (index < 0 || !candidates) return undefined;
  const path = `data.measures.${index}.people`;
  return notMoreThan(measures[index]!.people!, candidates, 'more-than-candidates', 'candidates', path);
}
