import { Recent } from '@gdtx/territory/recent';
import { LATEST } from '../columns/known.js';
import type { ReadModel } from '../columns/read-model.js';
import { ByLedger, refreshed } from '../prepared/by-ledger.js';
import { LedgerValues } from './ledger-values.js';
import { LOOKED_AT, type Outlier } from './outliers.js';
import { shareOutlying, valueOutlying } from './outlier-rule.js';

/** Months, as known at some moment, that are kept; a nation's has some hundred outliers. */
const MOST_KEPT = 12;

/** What is far off in the months that were asked last, kept by ledger: of a ledger that has changed it is worked out anew. */
export class KeptOutliers {
  private readonly kept = new Recent<OutliersOfMonth>(MOST_KEPT);

  constructor(private readonly model: ReadModel) {}

  /** Of a month (months since year 0), wherever it is; others get their turn until it is found. `known`: as known by the end of that month. */
  async of(month: number, known = LATEST): Promise<Outlier[]> {
    const found = this.kept.get(`${month}/${known}`, () => new OutliersOfMonth(this.model, month, known));
    await refreshed([found.byLedger]);
    return found.all();
  }
}

class OutliersOfMonth {
  readonly byLedger: ByLedger;
  private readonly found = new Map<number, Outlier[]>();

  constructor(model: ReadModel, month: number, known: number) {
    const values = new LedgerValues(model, month, known, LOOKED_AT);
    this.byLedger = new ByLedger(model.changes, (ledger) => {
      const outliers = outliersOf(values, ledger);
      if (outliers.length > 0) this.found.set(ledger, outliers);
      else this.found.delete(ledger);
    });
  }

  all(): Outlier[] {
    return [...this.found.values()].flat();
  }
}

function outliersOf(values: LedgerValues, ledger: number): Outlier[] {
  return values.of(ledger).flatMap(({ now, past, pastOfShares, ...whose }) => {
    const why = valueOutlying(now, past) ?? shareOutlying(now, pastOfShares);
    return why ? [{ ...whose, value: now.value, ...why }] : [];
  });
}
