import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closeServer } from '@gdtx/service-kit/http';
import { listening } from '../../test/listening.js';
import { twoProvinces } from '../../test/two-provinces.js';
import { ReadModel } from '../columns/read-model.js';
import { monthNumber, type Period } from '../model.js';
import { createKeptMonths } from '../reporting/kept-months.js';
import { PeriodRows } from '../reporting/period-rows.js';
import { reconciliationRoutes } from './reconciliation-http.js';

const closed = (month: string, seq: number, indicators: string[]): Period => ({
  ...{ what: 'closed', seq, at: 1000, month: monthNumber(month), recorded: monthNumber('2024-10') },
  ...{ nothing: false, upToSeq: 0, withdrawn: null },
  remark: { controlTotals: indicators.map((indicator) => ({ indicator, category: '', value: 7 })) },
});
const periods = new PeriodRows();
periods.put('programmes/a', 2024, [closed('2024-09', 1, ['learners-enrolled', 'our-own-count'])]);
// As many names as are kept: whatever is named later is kept without its own.
const names = Array.from({ length: 2 ** 16 }, (_, i) => `kind-${i}`);
periods.put('programmes/b', 2024, [closed('2024-08', 1, names), closed('2024-09', 2, ['one-too-many'])]);

let running: Awaited<ReturnType<typeof listening>>;

beforeAll(async () => {
  const registry = twoProvinces();
  running = await listening((to) =>
    reconciliationRoutes(to, {
      authenticated: (_req, _res, next) => next(),
      mustRead: () => {},
      registry: () => registry,
      follower: { model: new ReadModel(), periods },
      kept: createKeptMonths(10),
      freshness: () => ({ asOf: Date.UTC(2024, 9, 11), lacks: [] }),
      today: () => '2024-10-11',
      now: () => Date.UTC(2024, 9, 11),
      dueDay: 10,
    }),
  );
});
afterAll(() => closeServer(running.server));

async function measuresOf(unit: string): Promise<unknown[]> {
  const answer = await fetch(`${running.url}/v1/reconciliation?month=2024-09&state=all&unit=${unit}`);
  const { rows } = (await answer.json()) as { rows: { measures: unknown[] }[] };
  return rows.flatMap(({ measures }) => measures);
}

test('a control total is called what the catalogue calls it, else what its publisher does', async () => {
  expect(await measuresOf('a')).toMatchObject([
    { indicator: 'learners-enrolled', label: { en: 'Learners newly enrolled' }, total: 7, difference: -7 },
    {
      indicator: 'our-own-count',
      label: { vi: 'our-own-count', en: 'our-own-count' },
      counted: null,
      difference: null,
    },
  ]);
});

test('one whose name isn’t kept says so, in both languages, and where its name stands', async () => {
  const [measure, ...others] = await measuresOf('b');
  expect(others).toEqual([]);
  expect(measure).toEqual({
    ...{ indicator: '', category: '', total: 7, counted: null, difference: null },
    label: {
      vi: expect.stringContaining('Không giữ được tên'),
      en: expect.stringContaining('Its name isn’t kept'),
    },
  });
});
