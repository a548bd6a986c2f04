import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { Book } from './book.js';
import { historyOf, type DataSetSize } from './history.js';
import { Random } from './random.js';

/** What the registry says before anybody reports: the territory, and who is there. */
export function registryOf(size: DataSetSize): { entries: Entry[]; units: string[] } {
  const book = new Book(new Random(size.seed + 1));
  const entries: Entry[] = [];
  const units: string[] = [];
  for (const { told, at } of historyOf(size)) {
    const isRegistry = told.service === 'provinces' || told.name.endsWith('CentreEstablished');
    if (!isRegistry) break;
    entries.push(book.enter(told, at, false).entry);
    if (told.data.centre) units.push(String(told.data.centre));
  }
  return { entries, units };
}
