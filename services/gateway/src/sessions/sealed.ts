import { createHash } from 'node:crypto';
import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';

/** Makes texts that only who holds the key can read or make, and that end by themselves. */
export interface Seal {
  /** `until`: seconds since the epoch. */
  close(value: Record<string, unknown>, until: number): Promise<string>;
  /** What was closed; undefined when it is another's, was changed, or has ended. */
  open(text: string): Promise<JWTPayload | undefined>;
}

/** `purpose` keeps what was closed for one thing from being taken for another. */
export function createSeal(secret: string, purpose: string): Seal {
  const key = createHash('sha256').update(`${purpose}\0${secret}`).digest();
  return {
    close: (value, until) =>
      new EncryptJWT(value).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setExpirationTime(until).encrypt(key),
    open: (text) =>
      jwtDecrypt(text, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      }).then(
        ({ payload }) => payload,
        () => undefined,
      ),
  };
}
