import { createHash } from 'node:crypto';

/**
 * The rules of a ledger's chain once more, from their description and not from the service's code: the canonical bytes of an
 * entry are the RFC 8785 JSON of its attributes and data, and its hash is sha256(hash before ‖ these bytes), 32 zeros before
 * the first.
 */
export const GENESIS = Buffer.alloc(32);

export function chained(previous: Uint8Array, canonical: Uint8Array): Buffer {
  return createHash('sha256').update(previous).update(canonical).digest();
}

/** RFC 8785 for what facts hold: keys sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes them. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
