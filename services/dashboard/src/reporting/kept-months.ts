import { addMonths, monthIndexOf } from '@gdtx/territory/days';
import type { ReadModel } from '../columns/read-model.js';
import { SaidMonths } from '../conflicts/said-months.js';
import { KeptOutliers } from '../outliers/kept-outliers.js';
import { lastFullMonth } from './due.js';
import { MonthStates } from './month-states.js';

/** Units report of what they do in these. */
export const REPORTED_TO = ['centres', 'programmes', 'community-learning'] as const;

/** What is worked out of a read model's months and kept: how they stand, what in them is far off, and between which anything was said. */
export interface KeptMonths {
  said: SaidMonths;
  months: MonthStates;
  outliers: KeptOutliers;
}

/** Of each read model once, as long as it is there. */
export function createKeptMonths(dueDay: number): (model: ReadModel) => KeptMonths {
  const held = new WeakMap<ReadModel, KeptMonths>();
  return (model) => {
    let kept = held.get(model);
    if (!kept) {
      kept = {
        said: new SaidMonths(model),
        months: new MonthStates({ model, services: REPORTED_TO, dueDay }),
        outliers: new KeptOutliers(model),
      };
      held.set(model, kept);
    }
    return kept;
  };
}

/** Makes ready what is asked for most: the last full month, and how the twelve until then stand. */
export async function makeReady({ months, outliers }: KeptMonths, now: number): Promise<void> {
  const last = lastFullMonth(now);
  await months.of(monthIndexOf(addMonths(last, -11)), monthIndexOf(last));
  await outliers.of(monthIndexOf(last));
}
