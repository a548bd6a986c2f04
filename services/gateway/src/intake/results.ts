import type { Receipt, RecordResult, Refusal } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';

/** What became of one fact, as the public contract says it. */
export interface Result {
  id: string | null;
  status: 'accepted' | 'duplicate' | 'refused';
  unit?: string;
  seq?: number;
  /** Hex. */
  hash?: string;
  /** Of a withdrawal with a correction: the receipt of the fact that takes its place. */
  correction?: PublicReceipt;
  refusal?: Refusal;
}

export interface PublicReceipt {
  unit: string;
  seq: number;
  hash: string;
}

export interface Sums {
  accepted: number;
  duplicate: number;
  refused: number;
}

export function refusedResult(id: string | null, { slug, message, path, retryable }: Refusal): Result {
  return { id, status: 'refused', refusal: { slug, message, path, retryable } };
}

/** An owner's answer in the public form; undefined if the owner doesn't keep to the contract. */
export function publicResult(id: string, answer: RecordResult): Result | undefined {
  if (answer.id !== id) return undefined;
  if (answer.status === 'refused') return answer.refusal && refusedResult(id, answer.refusal);
  if (answer.status !== 'accepted' && answer.status !== 'duplicate') return undefined;
  if (!answer.receipt) return undefined;
  const correction = answer.correction && { correction: receipt(answer.correction) };
  return { id, status: answer.status, ...receipt(answer.receipt), ...correction };
}

export function sumsOf(results: readonly Result[]): Sums {
  const sums: Sums = { accepted: 0, duplicate: 0, refused: 0 };
  for (const { status } of results) sums[status] += 1;
  return sums;
}

export function addSums(to: Sums, more: Sums): void {
  to.accepted += more.accepted;
  to.duplicate += more.duplicate;
  to.refused += more.refused;
}

function receipt({ unit, seq, hash }: Receipt): PublicReceipt {
  return { unit, seq, hash: hash.toString('hex') };
}
