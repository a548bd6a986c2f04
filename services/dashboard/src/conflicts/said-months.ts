import { monthOfDay } from '../columns/month-of-day.js';
import type { ReadModel } from '../columns/read-model.js';
import { ByLedger, refreshed } from '../prepared/by-ledger.js';

interface Said {
  ledger: string;
  /** Months since year 0. */
  first: number;
  last: number;
}

/** Between which months each ledger has said anything that figures are made of, or of the months as such. */
export class SaidMonths {
  private readonly byLedger: ByLedger;
  private readonly said = new Map<number, Said>();

  constructor(private readonly model: ReadModel) {
    this.byLedger = new ByLedger(model.changes, (ledger) => this.work(ledger));
  }

  /** Resolves when it is of everything that is held; others get their turn until then. */
  async refresh(): Promise<this> {
    await refreshed([this.byLedger]);
    return this;
  }

  all(): Iterable<Said> {
    return this.said.values();
  }

  private work(number: number): void {
    const { model } = this;
    const ledger = model.ledgers.text(number);
    const said: Said = { ledger, first: Infinity, last: -Infinity };
    const hear = (month: number): void => {
      if (month < said.first) said.first = month;
      if (month > said.last) said.last = month;
    };
    for (const { firstCell, firstEvent } of model.yearsOf(number)) {
      model.flowRows.eachOf(firstCell, ({ month }, at) => hear(month[at]!));
      model.levelRows.eachOf(firstEvent, ({ day, withdrawn }, at) => {
        if (withdrawn[at] === 0) hear(monthOfDay(day[at]!));
      });
    }
    for (const month of model.periods.monthsOf(ledger)) hear(month);
    if (said.first <= said.last) this.said.set(number, said);
    else this.said.delete(number);
  }
}
