import { partitionKey } from '@gdtx/kafka/client';
import type { Checkpoint } from './store.js';

interface Position {
  topic: string;
  partition: number;
  /** The next offset: everything before is folded. */
  folded: bigint;
  /** … and readers of this process have it. */
  shown: bigint;
  /** … and so is the checkpoint. */
  stored: bigint;
  waiting: string[];
  changed: boolean;
  reset: boolean;
  /** A new assignment of the same partition is another one. */
  assignment: symbol;
}

/** How far the partitions that this process has are read, folded, shown and stored. */
export class Positions {
  private readonly held = new Map<string, Position>();

  assign(topic: string, partition: number, position: bigint): void {
    const key = partitionKey(topic, partition);
    const at = { folded: position, shown: position, stored: position };
    this.held.set(key, { topic, partition, ...at, waiting: [], changed: false, reset: false, assignment: Symbol(key) });
  }

  revoke(topic: string, partition: number): void {
    this.held.delete(partitionKey(topic, partition));
  }

  has(topic: string, partition: number): boolean {
    return this.held.has(partitionKey(topic, partition));
  }

  /** Everything before `next` is folded. `first`: the first offset of the batch; below the position, the log was made anew. */
  fold(topic: string, partition: number, first: bigint, next: bigint): void {
    const position = this.held.get(partitionKey(topic, partition));
    if (!position) return;
    if (next < position.folded && first < position.folded) position.reset = true;
    position.folded = next;
    position.changed = true;
  }

  /** Units of a partition whose next entry isn't there; says whether that is news. */
  wait(topic: string, partition: number, units: readonly string[]): boolean {
    const position = this.held.get(partitionKey(topic, partition));
    if (!position || units.join() === position.waiting.join()) return false;
    position.waiting = [...units];
    position.changed = true;
    return true;
  }

  moved(): boolean {
    for (const position of this.held.values()) if (position.changed) return true;
    return false;
  }

  /** What has changed since it was taken last. */
  take(): Checkpoint[] {
    const changed: Checkpoint[] = [];
    for (const [_id, position] of this.held) {
      if (!position.changed) continue;
      position.changed = false;
      const { topic, partition, folded, waiting, reset } = position;
      changed.push({ _id, topic, partition, position: folded, waiting, ...(reset ? { reset } : {}) });
      this.taken.set(_id, position.assignment);
    }
    return changed;
  }

  giveBack(checkpoints: readonly Checkpoint[]): void {
    for (const { _id } of checkpoints) {
      const position = this.held.get(_id);
      if (position) position.changed = true;
    }
  }

  shown(checkpoints: readonly Checkpoint[]): void {
    for (const { _id, position: at } of checkpoints) {
      const position = this.still(_id);
      if (position) position.shown = at;
    }
  }

  stored(checkpoints: readonly Checkpoint[]): void {
    for (const { _id, position: at } of checkpoints) {
      const position = this.still(_id);
      if (!position) continue;
      position.stored = at;
      position.reset = false;
    }
  }

  /** The next offset up to which readers have everything; undefined for a partition that isn't ours. */
  shownOf(topic: string, partition: number): bigint | undefined {
    return this.held.get(partitionKey(topic, partition))?.shown;
  }

  foldedOf(topic: string, partition: number): bigint | undefined {
    return this.held.get(partitionKey(topic, partition))?.folded;
  }

  private readonly taken = new Map<string, symbol>();

  /** The position, if it is the assignment's of which the checkpoint was taken. */
  private still(id: string): Position | undefined {
    const position = this.held.get(id);
    return position && this.taken.get(id) === position.assignment ? position : undefined;
  }
}
