import { OpeningBalanceDeclared } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { firstDay, isOpenStart, lastDay } from '@gdtx/territory/days';
import type { BalancePart, Contribution } from '../../model.js';
import { factFold, recordedDay, type FactFold, type FoldEntry } from './fold.js';
import { precisionCode } from './parts.js';
import { plainObject } from '@gdtx/contracts/plain';

/** Measures split by programme type; a balance of several types is in none of them. */
const BY_TYPE = new Set([
  'trainees',
  'attendances',
  'exam-candidates',
  'exam-passed',
  'certificates-issued',
  'graduates',
  'learners-enrolled',
  'learners-completed',
]);

/** Who is refreshed or in a linked course is also trained. */
const ALSO_TRAINED = new Set(['refresher-trainees', 'linked-trainees']);

/** What was reached before the ledger began (số lũy kế). An average a year enters no sum. */
export const balanceFold: FactFold = factFold(
  'programmes',
  'OpeningBalanceDeclared',
  OpeningBalanceDeclared,
  (data, entry) => {
    const average = data.basis === 'yearly-average';
    const indicator = average && data.measure === 'linked-trainees' ? 'linked-trainees-yearly' : data.measure;
    const into: Contribution[] = [balance(data, entry, indicator)];
    if (!average && ALSO_TRAINED.has(data.measure)) into.push(balance(data, entry, 'trainees'));
    into.push({
      kind: 'record',
      collection: 'balances',
      id: String(entry.seq),
      set: { unit: entry.unit, indicator, ...plainObject(data) },
    });
    return into;
  },
);

function balance(data: OpeningBalanceDeclared, entry: FoldEntry, indicator: string): BalancePart {
  return {
    kind: 'balance',
    indicator,
    category: categoryOf(data, indicator),
    part: '',
    value: data.count,
    precision: precisionCode(data.precision),
    from: !data.from || isOpenStart(data.from) ? null : firstDay(data.from) || null,
    to: endOf(data) || recordedDay(entry),
    basis: data.basis === 'yearly-average' ? 'yearly-average' : 'total',
    asGiven: data.asGiven,
  };
}

function categoryOf({ programmeTypes, audience }: OpeningBalanceDeclared, indicator: string): string {
  if (indicator === 'refresher-trainees') return audience.join('; ');
  return BY_TYPE.has(indicator) && programmeTypes.length === 1 ? programmeTypes[0]! : '';
}

/** The last day of a year or month that it names; of bounds, the first certain day. */
function endOf({ to }: OpeningBalanceDeclared): string {
  return to?.on ? lastDay(to) : firstDay(to);
}
