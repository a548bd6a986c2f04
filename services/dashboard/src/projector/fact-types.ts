import type { FoldTable } from '../indicators/folds/all.js';
import type { FactFold } from '../indicators/folds/fold.js';
import { same } from './envelope.js';

/** A fact type that this version knows. */
export interface KnownType {
  type: string;
  bytes: Buffer;
  /** None: there is nothing to fold. */
  fold: FactFold | undefined;
  withdraws: boolean;
}

/** Finds a type by its bytes, so that no string is made of them for every entry. */
export class FactTypes {
  private readonly byLength = new Map<number, KnownType[]>();
  private readonly byName = new Map<string, KnownType>();

  constructor(table: FoldTable, services: readonly string[]) {
    for (const fold of table.folds.values()) this.add(fold.type, fold, false);
    for (const type of table.silent) this.add(type, undefined, false);
    for (const service of services) this.add(`vn.gdtx.${service}.EntryWithdrawn.v1`, undefined, true);
  }

  find(bytes: Uint8Array, start: number, end: number): KnownType | undefined {
    const candidates = this.byLength.get(end - start);
    if (!candidates) return undefined;
    for (const candidate of candidates) if (same(bytes, start, end, candidate.bytes)) return candidate;
    return undefined;
  }

  named(type: string): KnownType | undefined {
    return this.byName.get(type);
  }

  private add(type: string, fold: FactFold | undefined, withdraws: boolean): void {
    const bytes = Buffer.from(type);
    const known: KnownType = { type, bytes, fold, withdraws };
    this.byName.set(type, known);
    const sameLength = this.byLength.get(bytes.length);
    if (sameLength) sameLength.push(known);
    else this.byLength.set(bytes.length, [known]);
  }
}
