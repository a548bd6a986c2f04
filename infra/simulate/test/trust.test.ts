import { beforeAll, expect, test } from '@jest/globals';
import { monthIndexOf } from '@gdtx/territory/days';
import { LATEST } from '../../../services/dashboard/src/columns/known.js';
import { KeptOutliers } from '../../../services/dashboard/src/outliers/kept-outliers.js';
import { LedgerValues } from '../../../services/dashboard/src/outliers/ledger-values.js';
import { LEAST_PAST } from '../../../services/dashboard/src/outliers/outlier-rule.js';
import { LOOKED_AT } from '../../../services/dashboard/src/outliers/outliers.js';
import { countedIn } from '../../../services/dashboard/src/reconciliation/counted.js';
import { reconciliation } from '../../../services/dashboard/src/reconciliation/reconciliation.js';
import type { Slip } from '../src/nation/fact.js';
import { MISHAPS } from '../src/nation/mishaps.js';
import { nationOf } from '../src/nation/nation.js';
import { provincesOf2024 } from './reference.js';
import { ToldNation } from './told-nation.js';

/** What is wrong in simulated nations is found in the figures, and little else. */

const MONTHS = Array.from({ length: 60 }, (_, i) => monthIndexOf('2021-01') + i);
/** Of three provinces, by three seeds, a few units that say much. */
const SAMPLES = [
  { seed: '7', province: '14', every: 10 },
  { seed: '8', province: '38', every: 25 },
  { seed: '9', province: '79', every: 13 },
];
let nations: ToldNation[];

beforeAll(() => {
  nations = SAMPLES.map(({ seed, province, every }) => {
    const options = { seed, territory: provincesOf2024(province), facts: 70_000 };
    const whole = nationOf({ ...options, mishaps: { ...MISHAPS, outlier: 0.015 } });
    const some = new Set(whole.units.filter((_, i) => i % every === 0).map(({ id }) => id));
    return new ToldNation(whole, (unit) => some.has(unit));
  });
}, 120_000);

/** `unit/month` of what is wrong with facts. */
const slipsOf = (slip: Slip): Set<string> =>
  new Set(
    nations
      .flatMap(({ slips }) => slips)
      .filter((fact) => fact.slip === slip)
      .map(({ ledger, event }) => `${ledger}/${monthOf(event.data)}`),
  );

function monthOf(data: Record<string, unknown>): number {
  const { month, heldOn, surveyedOn, adoptedOn, reportedOn, receivedOn, occurredOn, completedOn } = data;
  const day = month ?? heldOn ?? surveyedOn ?? adoptedOn ?? reportedOn ?? receivedOn ?? occurredOn ?? completedOn;
  if (typeof day !== 'string') throw new Error(`no day in ${Object.keys(data).join()}`);
  return monthIndexOf(day.slice(0, 7));
}

test('control totals that are wrong are found, all of them and no other', () => {
  const differing: string[] = [];
  let closings = 0;
  for (const { registry, told } of nations) {
    for (const month of MONTHS) {
      const counted = countedIn(told.model, month);
      const { periods } = told;
      for (const { unit, state } of reconciliation({ unit: 'vn', mapDay: null }, month, {
        registry,
        periods,
        counted,
      })) {
        closings++;
        if (state === 'different') differing.push(`${unit}/${month}`);
      }
    }
  }
  // A number that is far off differs from its publisher's own sum too.
  const farOff = slipsOf('outlier');
  const wrong = [...slipsOf('wrong-total')].filter((name) => !farOff.has(name));
  expect(closings).toBeGreaterThan(300);
  expect(wrong.length).toBeGreaterThan(0);
  expect(differing.filter((name) => !farOff.has(name)).sort()).toEqual(wrong.sort());
}, 60_000);

test('of numbers told tenfold most are found, and few others', async () => {
  let compared = 0;
  const flagged = new Map<string, Set<string>>();
  for (const { told } of nations) {
    const { model } = told;
    const outliers = new KeptOutliers(model);
    for (const month of MONTHS) {
      const values = new LedgerValues(model, month, LATEST, LOOKED_AT);
      for (let ledger = 0; ledger < model.ledgers.size; ledger++)
        compared += values.of(ledger).filter(({ past }) => past.length >= LEAST_PAST).length;
      for (const { unit, compared: by } of await outliers.of(month)) {
        const name = `${unit}/${month}`;
        flagged.set(name, (flagged.get(name) ?? new Set()).add(by));
      }
    }
  }
  const farOff = slipsOf('outlier');
  const rightly = [...flagged.keys()].filter((name) => farOff.has(name));
  const wrongly = [...flagged.keys()].filter((name) => !farOff.has(name));
  const byShare = [...flagged].filter(([, by]) => by.has('women-share')).map(([name]) => name);
  const said = `${farOff.size} told tenfold, ${flagged.size} flagged, ${rightly.length} of them rightly, of ${compared} compared`;
  expect([said, farOff.size > 30]).toEqual([said, true]);
  expect([said, rightly.length >= farOff.size / 2]).toEqual([said, true]);
  expect([said, wrongly.length <= rightly.length / 2]).toEqual([said, true]);
  expect([said, wrongly.length < compared / 200]).toEqual([said, true]);
  expect(byShare.filter((name) => !farOff.has(name)).length).toBeLessThanOrEqual(byShare.length / 10);
}, 60_000);
