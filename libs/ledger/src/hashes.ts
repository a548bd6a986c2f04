import { hash } from 'node:crypto';

/** 32 bytes. Text is taken as UTF-8. By way of text: a buffer that comes from there is memory of its own, which costs more than the hash. */
export function sha256(input: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'binary');
}

/** The hash before the first entry of a ledger. */
export const GENESIS = Buffer.alloc(32);

/** hash = sha256(previous hash ‖ canonical entry), 32 bytes. */
export function chainHash(previous: Uint8Array, canonical: Uint8Array): Buffer {
  return sha256(Buffer.concat([previous, canonical]));
}
