import { beforeAll, expect, test } from '@jest/globals';
import { monthIndexOf } from '@gdtx/territory/days';
import { valuesOf } from '../../../services/dashboard/src/outliers/month-values.js';
import { LEAST_PAST } from '../../../services/dashboard/src/outliers/outlier-rule.js';
import { LOOKED_AT, outliers } from '../../../services/dashboard/src/outliers/outliers.js';
import { countedIn } from '../../../services/dashboard/src/reconciliation/counted.js';
import { reconciliation } from '../../../services/dashboard/src/reconciliation/reconciliation.js';
import type { Slip } from '../src/nation/fact.js';
import { MISHAPS } from '../src/nation/mishaps.js';
import { nationOf } from '../src/nation/nation.js';
import { provincesOf2024 } from './reference.js';
import { ToldNation } from './told-nation.js';

/** What is wrong in a simulated nation is found in the figures, and little else. */

const MONTHS = Array.from({ length: 60 }, (_, i) => monthIndexOf('2021-01') + i);
let nation: ToldNation;

beforeAll(() => {
  // A province whose units say much; every tenth of them is enough.
  const options = { seed: '7', territory: provincesOf2024('14'), facts: 70_000 };
  const whole = nationOf({ ...options, mishaps: { ...MISHAPS, outlier: 0.01 } });
  const some = new Set(whole.units.filter((_, i) => i % 10 === 0).map(({ id }) => id));
  nation = new ToldNation(whole, (unit) => some.has(unit));
}, 240_000);

/** `unit/month` of what is wrong with facts. */
const slipsOf = (slip: Slip): Set<string> =>
  new Set(
    nation.slips.filter((fact) => fact.slip === slip).map(({ ledger, event }) => `${ledger}/${monthOf(event.data)}`),
  );

function monthOf(data: Record<string, unknown>): number {
  const { month, heldOn, surveyedOn, adoptedOn, reportedOn, receivedOn, occurredOn, completedOn } = data;
  const day = month ?? heldOn ?? surveyedOn ?? adoptedOn ?? reportedOn ?? receivedOn ?? occurredOn ?? completedOn;
  if (typeof day !== 'string') throw new Error(`no day in ${Object.keys(data).join()}`);
  return monthIndexOf(day.slice(0, 7));
}

test('control totals that are wrong are found, all of them and no other', () => {
  const { registry, told } = nation;
  const differing: string[] = [];
  let closings = 0;
  for (const month of MONTHS) {
    const counted = countedIn(told.model, month);
    for (const { unit, state } of reconciliation({ unit: 'vn', mapDay: null }, month, {
      registry,
      periods: told.periods,
      counted,
    })) {
      closings++;
      if (state === 'different') differing.push(`${unit}/${month}`);
    }
  }
  // A number that is far off differs from its publisher's own sum too.
  const farOff = slipsOf('outlier');
  const wrong = [...slipsOf('wrong-total')].filter((name) => !farOff.has(name));
  expect(closings).toBeGreaterThan(300);
  expect(wrong.length).toBeGreaterThan(closings / 100);
  expect(differing.filter((name) => !farOff.has(name)).sort()).toEqual(wrong.sort());
}, 60_000);

test('numbers that are far off are found where they aren’t lost in what the unit says anyway, and few others', () => {
  const { registry, told } = nation;
  let compared = 0;
  const flagged = MONTHS.flatMap((month) => {
    for (const indicator of LOOKED_AT)
      for (const { past } of valuesOf(told.model, indicator, month)) if (past.length >= LEAST_PAST) compared++;
    const found = outliers({ unit: 'vn', mapDay: null }, month, LOOKED_AT, { model: told.model, registry });
    return found.map(({ unit, indicator }) => ({ name: `${unit}/${month}`, indicator }));
  });
  const farOff = slipsOf('outlier');
  const rightly = flagged.filter(({ name }) => farOff.has(name));
  const wrongly = flagged.filter(({ name }) => !farOff.has(name));
  // A meeting of ten times as many is within what some centres hold now and then: these can't be told apart.
  const topics = nation.slips.filter(({ slip, event }) => slip === 'outlier' && event.type.includes('.TopicHeld.'));
  const later = topics.filter(({ event }) => monthOf(event.data) > monthIndexOf('2022-01'));
  const names = new Set(rightly.filter(({ indicator }) => indicator === 'attendances').map(({ name }) => name));
  const caught = later.filter(({ ledger, event }) => names.has(`${ledger}/${monthOf(event.data)}`));
  expect(later.length).toBeGreaterThan(10);
  expect(caught.length).toBeGreaterThanOrEqual(later.length / 3);
  expect(rightly.length).toBeGreaterThanOrEqual(wrongly.length);
  expect(wrongly.length).toBeLessThan(compared / 200);
}, 60_000);
