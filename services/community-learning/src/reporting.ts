import type { Context, Fact } from '@gdtx/ledger/fact';
import type { Refusal } from '@gdtx/ledger/refusal';
import { mayReport } from '@gdtx/ledger/unit-rules';
import type { Day, GivenDate } from '@gdtx/territory/days';

/** Whose reports on a community centre are taken; whose centre it is, the units of the token say. */
export const REPORTERS = ['commune-officer', 'province-officer', 'centre-publisher'] as const;

/** Whose reports on a commune are taken. */
export const COMMUNE_REPORTERS = ['commune-officer', 'province-officer'] as const;

/** A community centre reports on itself, of a day on which it lives and that isn't in the future. */
export function centreReports(
  fact: Pick<Fact, 'source'>,
  { registry, today }: Context,
  date: Day | GivenDate | undefined,
  datePath: string,
): Refusal | undefined {
  return mayReport(registry, fact.source, ['community-centre'], date, today, { unit: 'source', date: datePath });
}
