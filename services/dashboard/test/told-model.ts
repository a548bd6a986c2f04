import { ReadModel } from '../src/columns/read-model.js';
import { FOLDS, SERVICES_FOLDED } from '../src/indicators/folds/all.js';
import { Arena } from '../src/projector/arena.js';
import { FactTypes } from '../src/projector/fact-types.js';
import { Ledger } from '../src/projector/ledger.js';
import { SeriesTable } from '../src/projector/series.js';
import type { StoredUnitYear } from '../src/projector/stored-year.js';
import { foldWholeLedger } from '../src/projector/whole-ledger.js';
import type { LedgerOf } from './ledger-of.js';

const TYPES = new FactTypes(FOLDS, SERVICES_FOLDED);

/** What the query side holds of some ledgers, folded as the projector does. */
export class ToldModel {
  readonly model = new ReadModel();
  readonly periods = this.model.periods;

  constructor(...ledgers: readonly LedgerOf[]) {
    for (const ledger of ledgers) this.take(ledger);
  }

  /** Takes a ledger in, also again after more was told. */
  take(ledger: LedgerOf): void {
    for (const document of documentsOf(ledger)) this.model.take(document);
  }

  /** The same as when everything is read again: its levels are right when the model is settled. */
  load(ledger: LedgerOf): void {
    for (const document of documentsOf(ledger)) this.model.load(document);
  }
}

/** What is stored of a ledger, folded as the projector does. */
export function documentsOf({ service, unit, entries }: LedgerOf): StoredUnitYear[] {
  const shared = { table: new SeriesTable(), arena: new Arena() };
  const ledger = new Ledger(service, unit, 0, shared, { yearChanged: () => undefined, isIncomplete: () => undefined });
  foldWholeLedger(entries, TYPES, ledger);
  return [...ledger.documents()].map((year) => year.toStored(service, unit));
}
