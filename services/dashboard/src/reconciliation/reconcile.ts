import type { ControlTotal } from '../reporting/period-rows.js';

/** One of a publisher's control totals beside what its entries come to. */
export interface Measure extends ControlTotal {
  /** Null: nothing of it was said. */
  counted: number | null;
  /** Counted less the publisher's own total: above 0, the ledger holds more than its publisher says. Null: can't be compared. */
  difference: number | null;
}

/**
 * How a closed month's control totals compare with what was counted: `equal` in every measure that can be compared, `different`
 * in at least one, `not-comparable` where none can, `without-totals` where the publisher gave none.
 */
export type ReconciliationState = 'equal' | 'different' | 'not-comparable' | 'without-totals';

export interface Reconciled {
  state: ReconciliationState;
  measures: Measure[];
}

/** Differences of fractions that come of adding them up in another order. */
const ROUNDING = 1e-6;

/** Compares a publisher's control totals with what its entries come to. What was never said counts as 0 here. Pure. */
export function reconcile(
  totals: readonly ControlTotal[],
  counted: (indicator: string, category: string) => number | null | undefined,
): Reconciled {
  const measures = totals.map((total): Measure => {
    const found = counted(total.indicator, total.category);
    if (found === undefined) return { ...total, counted: null, difference: null };
    const difference = (found ?? 0) - total.value;
    return { ...total, counted: found, difference: Math.abs(difference) < ROUNDING ? 0 : difference };
  });
  return { state: stateOf(measures), measures };
}

function stateOf(measures: readonly Measure[]): ReconciliationState {
  if (measures.length === 0) return 'without-totals';
  if (measures.some(({ difference }) => difference !== null && difference !== 0)) return 'different';
  return measures.some(({ difference }) => difference === 0) ? 'equal' : 'not-comparable';
}
