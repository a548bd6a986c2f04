import type { LegalBasis } from '../api/types.js';
import { formatGiven } from './dates.js';
import type { Language } from './numbers.js';

/** «2343/QĐ-UBND, 25/9/2018, UBND tỉnh Sơn La»; parts that aren't known are left out. */
export function basisText({ number, issuedOn, issuer }: LegalBasis, language: Language): string {
  return [number, formatGiven(issuedOn, language), issuer].filter(Boolean).join(', ');
}
