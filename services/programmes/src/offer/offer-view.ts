import { TYPE_NAMES, type ProgrammeType } from '../programme-types.js';
import type { OfferState } from './offer-state.js';

export interface OfferWanted {
  type?: string | undefined;
  form?: string | undefined;
}

/** What a centre offers, as readers see it: the programmes asked for, and its newest report. */
export function offerView(
  offer: OfferState | undefined,
  { type, form }: OfferWanted,
): { items: object[]; report?: object } {
  const { programmes = [], report } = offer ?? {};
  const items = programmes
    .filter((programme) => (!type || programme.type === type) && (!form || programme.forms.includes(form)))
    .map((programme) => ({
      ...(programme.said as object),
      typeName: TYPE_NAMES[programme.type as ProgrammeType],
      days: { from: programme.from, until: programme.until },
    }));
  return { items, ...(report ? { report: report.said as object } : {}) };
}
