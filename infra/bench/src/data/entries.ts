import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { Book, type Entered } from './book.js';
import { historyOf, type DataSetSize } from './history.js';
import { Random } from './random.js';

/** The history of the network as its owners' entries, in the order in which they would have been recorded. */
export function* entriesOf(size: DataSetSize): Generator<Entry> {
  for (const { entry } of enteredOf(size)) yield entry;
}

/** The same with what their hashes are over, as owners store them. */
export function* enteredOf(size: DataSetSize): Generator<Entered> {
  const book = new Book(new Random(size.seed + 1));
  for (const { told, at, withdrawn } of historyOf(size)) yield book.enter(told, at, withdrawn);
}
