import type { Result } from '@gdtx/publisher/publish';
import type { LoadFact } from './fact.js';

export interface Receipt {
  unit: string;
  seq: number;
  hash: string;
}

/** A fact and the first receipt that its publisher got for it. */
export interface Acknowledged {
  fact: LoadFact;
  receipt: Receipt;
}

/** The publishers' own book: what was acknowledged, and what an answer should never have said. */
export class Receipts {
  readonly byId = new Map<string, Acknowledged>();
  /** Sentences. */
  readonly wrong: string[] = [];
  /** Answers that repeated a receipt. */
  duplicates = 0;

  /** Takes one answer; says whether the fact is acknowledged now. Throws when it is refused for good. */
  take(fact: LoadFact, result: Result): boolean {
    const { id } = fact;
    if (result.id !== id) throw new Error(`an answer names ${result.id} where ${id} was sent`);
    if (result.status === 'refused') {
      if (result.refusal?.retryable) return this.byId.has(id);
      throw new Error(`${id} was refused for good: ${result.refusal?.slug}: ${result.refusal?.message}`);
    }
    const { unit, seq, hash } = result;
    if (unit === undefined || seq === undefined || hash === undefined) throw new Error(`${id} has no receipt`);
    const first = this.byId.get(id);
    if (!first) {
      if (unit !== fact.unit) this.wrong.push(`${id} went to the ledger of ${unit} and not of ${fact.unit}`);
      this.byId.set(id, { fact, receipt: { unit, seq, hash } });
    } else {
      this.duplicates++;
      const { receipt } = first;
      if (result.status === 'accepted') this.wrong.push(`${id} was accepted twice`);
      if (receipt.unit !== unit || receipt.seq !== seq || receipt.hash !== hash) {
        const [then, now] = [receipt, { unit, seq, hash }].map((r) => `${r.unit}/${r.seq} ${r.hash.slice(0, 12)}`);
        this.wrong.push(`${id} has two receipts: first ${then}, then ${now}`);
      }
    }
    return true;
  }

  get acknowledged(): number {
    return this.byId.size;
  }
}
