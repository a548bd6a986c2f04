import { lastDayOfMonth, type Month } from '@gdtx/territory/days';
import { earlierDay } from './calendar.js';
import type { Draft, Reporter } from './reporter.js';

/** What a unit closes a month with. */
interface Told {
  month: Month;
  drafts: readonly Draft[];
  hasCredit: boolean;
}

/**
 * The closing of a month, with the publisher's own sums of what it has said of it; a few of them are wrong. A month in which
 * nothing happened is closed as such, where the unit troubles to.
 */
export function closing({ unit, rng }: Reporter, { month, drafts: told, hasCredit }: Told): Draft[] {
  const service = unit.kind === 'centre' ? 'programmes' : 'community-learning';
  const own = told.filter((draft) => draft.service === service);
  const ended = unit.to === null ? lastDayOfMonth(month) : earlierDay(lastDayOfMonth(month), unit.to);
  const closed = (data: Record<string, unknown>): Draft[] => [
    { service, name: 'PeriodClosed', day: ended, data: { month, ...data } },
  ];
  if (own.length === 0) return hasCredit && rng.chance(0.1) ? closed({ nothingToReport: true }) : [];
  if (!rng.chance(hasCredit ? 0.92 : 0.35)) return [];
  const sums = new Map<string, number>();
  for (const { counts = {} } of own) {
    for (const [indicator, value] of Object.entries(counts)) sums.set(indicator, (sums.get(indicator) ?? 0) + value);
  }
  if (sums.size === 0) return closed({});
  const controlTotals = [...sums].map(([indicator, value]) => ({ indicator, value }));
  const wrong = rng.chance(0.03) ? rng.pick(controlTotals) : undefined;
  if (!wrong) return closed({ controlTotals });
  const right = wrong.value;
  wrong.value = Math.max(0, right + rng.pick([-10, -2, -1, 1, 3, 9, 90]));
  const drafts = closed({ controlTotals });
  return wrong.value === right ? drafts : drafts.map((draft) => ({ ...draft, slip: 'wrong-total' }));
}
