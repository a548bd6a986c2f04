import type { Memory, MemoryOf, Remembered } from '../indicators/folds/fold.js';

/** What was remembered under a key, and what had been before. */
interface Item {
  seq: number;
  value: Remembered;
  before: Item | undefined;
}

/** As stored in the collection `contexts`. */
export interface StoredContext {
  /** `<service>/<unit>` */
  _id: string;
  service: string;
  unit: string;
  epoch: number;
  /** The last entry that added to it. */
  seq: number;
  /** Of each thing remembered, in order of seq: [seq, JSON of the value]. */
  items: { of: MemoryOf; id: string; values: [number, string][] }[];
}

/**
 * What the entries of one ledger said that later ones need. Nothing is ever forgotten, and it is asked as of an entry: so it
 * may be stored before or after the cursor, and folding an entry again after a crash finds what it found before.
 */
export class Context {
  /** The last entry that added to it. */
  seq = 0;
  private readonly items: Partial<Record<MemoryOf, Map<string, Item>>> = {};

  constructor(stored?: Pick<StoredContext, 'seq' | 'items'>) {
    if (!stored) return;
    this.seq = stored.seq;
    for (const { of, id, values } of stored.items) {
      let item: Item | undefined;
      for (const [seq, json] of values) item = { seq, value: JSON.parse(json) as Remembered, before: item };
      if (item) this.itemsOf(of).set(id, item);
    }
  }

  /** What stood there before entry `seq`, or was said by it. */
  at<Value extends Remembered>(of: MemoryOf, id: string, seq: number): Value | undefined {
    let item = this.items[of]?.get(id);
    while (item && item.seq > seq) item = item.before;
    return item?.value as Value | undefined;
  }

  /** What an entry says otherwise than one before it. */
  contradicted(memories: readonly Memory[], seq: number): Memory[] {
    return memories.filter(({ of, id, value, kind }) => {
      if (kind !== 'said') return false;
      const before = this.at(of, id, seq - 1);
      return before !== undefined && JSON.stringify(before) !== JSON.stringify(value);
    });
  }

  remember(memories: readonly Memory[], seq: number): void {
    for (const { of, id, value } of memories) {
      const items = this.itemsOf(of);
      const before = items.get(id);
      // Said twice by one entry: in folding anew, what an entry corrects may change what follows from it.
      items.set(id, { seq, value, before: before?.seq === seq ? before.before : before });
    }
    this.seq = seq;
  }

  toStored(service: string, unit: string, epoch: number): StoredContext {
    const items = (Object.keys(this.items) as MemoryOf[]).flatMap((of) =>
      [...this.itemsOf(of)].map(([id, item]) => ({ of, id, values: historyOf(item) })),
    );
    return { _id: `${service}/${unit}`, service, unit, epoch, seq: this.seq, items };
  }

  private itemsOf(of: MemoryOf): Map<string, Item> {
    return (this.items[of] ??= new Map());
  }
}

function historyOf(newest: Item): [number, string][] {
  const values: [number, string][] = [];
  for (let item: Item | undefined = newest; item; item = item.before) {
    values.unshift([item.seq, JSON.stringify(item.value)]);
  }
  return values;
}
