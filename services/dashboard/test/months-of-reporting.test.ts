import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeServer } from '@gdtx/service-kit/http';
import { notAllowed } from '@gdtx/service-kit/problem';
import { listening } from './listening.js';
import readExcelFile from 'read-excel-file/node';
import { Told } from '../../../libs/territory/test/facts.js';
import { approvalRoutes } from '../src/approval/approval-http.js';
import { outlierRoutes } from '../src/outliers/outliers-http.js';
import { reconciliationRoutes } from '../src/reconciliation/reconciliation-http.js';
import { createKeptMonths } from '../src/reporting/kept-months.js';
import { reportingRoutes } from '../src/reporting/reporting-http.js';
import { LedgerOf } from './ledger-of.js';
import { ToldModel } from './told-model.js';

/** What the calls about months of reporting answer, from what units said. September 2024 is due by the 10th of October. */

const EARLY = Date.UTC(2024, 9, 2);
const LATE = Date.UTC(2024, 9, 20);
let registry = (() => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['north', 'province', 'vn'],
    ['south', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  const centre = (id: string, seat: string, more: object = {}) =>
    told.centres('CentreEstablished', { centre: id, kind: 'gdtx', name: id, seat, establishedOn: '2000', ...more });
  for (const id of ['approved', 'changed', 'differs', 'late', 'silent']) centre(id, 'north');
  centre('nothing', 'south');
  centre('suspended', 'south');
  centre('simulated', 'south', { simulated: true });
  told.centres('OperationSuspended', { centre: 'suspended', from: '2024-06-01' });
  return told.registry();
})();

const said = new Map<string, LedgerOf>();
function centre(unit: string, recordedAt = EARLY): LedgerOf {
  const ledger = new LedgerOf('programmes', unit);
  const totals = {
    month: '2024-09',
    type: 'literacy',
    measures: [{ measure: 'learners-enrolled', people: { total: 7 } }],
  };
  ledger.tell('TotalsReported', totals, { recordedAt });
  said.set(unit, ledger);
  return ledger;
}
const close = (ledger: LedgerOf, value: number, recordedAt = EARLY) =>
  ledger.tell(
    'PeriodClosed',
    { month: '2024-09', controlTotals: [{ indicator: 'learners-enrolled', value }] },
    { recordedAt },
  );
const approve = (ledger: LedgerOf) =>
  ledger.tell(
    'PeriodApproved',
    { unit: ledger.unit, month: '2024-09', upToSeq: 2 },
    { source: 'north', recordedAt: LATE },
  );

const steady = new LedgerOf('programmes', 'simulated');
for (const [i, total] of [40, 45, 50, 44, 52, 41, 43, 47].entries()) {
  const measures = [{ measure: 'exam-candidates', people: { total } }];
  steady.tell('TotalsReported', { month: `2024-0${i + 1}`, type: 'it-certificate', measures }, { recordedAt: EARLY });
}

for (const unit of ['approved', 'changed']) {
  const ledger = centre(unit);
  close(ledger, 7);
  approve(ledger);
}
said.get('changed')!.withdraw(1, { recordedAt: LATE });
close(centre('differs'), 9);
close(centre('late', LATE), 7, LATE);
centre('simulated');
const tenfold = {
  month: '2024-09',
  type: 'it-certificate',
  measures: [{ measure: 'exam-candidates', people: { total: 470 } }],
};
for (const { type, data } of steady.entries)
  said.get('simulated')!.tell(type.split('.')[3]!, {}, { bytes: data, recordedAt: EARLY });
said.get('simulated')!.tell('TotalsReported', tenfold, { recordedAt: EARLY });
said.set('nothing', new LedgerOf('community-learning', 'nothing'));
said.get('nothing')!.tell('PeriodClosed', { month: '2024-09', nothingToReport: true }, { recordedAt: EARLY });

let running: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  const reads = {
    authenticated: (_req: unknown, _res: unknown, next: () => void) => next(),
    mustRead: (_res: unknown, unit: string) => {
      if (unit === 'south') throw notAllowed('not yours');
    },
    registry: () => registry,
    follower: new ToldModel(...said.values()),
    kept: createKeptMonths(10),
    freshness: () => ({ asOf: Date.UTC(2024, 10, 1), lacks: [] }),
    today: () => '2024-11-01',
    now: () => Date.UTC(2024, 10, 1),
    dueDay: 10,
    ledgers: async function* (service: string, unit: string) {
      const ledger = said.get(unit);
      if (ledger?.service !== service) return;
      for (const entry of ledger.entries) yield { entry, canonical: Buffer.alloc(0) };
    },
  };
  running = await listening((to) => {
    reportingRoutes(to, reads);
    reconciliationRoutes(to, reads);
    approvalRoutes(to, reads);
    outlierRoutes(to, reads);
  });
});
afterAll(() => closeServer(running.server));

async function get(path: string): Promise<Response> {
  return fetch(`${running.url}/v1/${path}`);
}
async function ask(path: string): Promise<Record<string, any>> {
  const answer = await get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Record<string, any>;
}
const ids = (body: Record<string, any>) => body['units'].map(({ unit }: { unit: string }) => unit);

describe('/v1/reporting', () => {
  test('counts what was expected and said, and their shares; suspended and nothing to report aren’t silent', async () => {
    const body = await ask('reporting?month=2024-09&by=province');
    expect(body).toMatchObject({ expected: 7, suspended: 1, reported: 5, nothingToReport: 1, silent: 1, late: 1 });
    expect(body).toMatchObject({
      approved: 2,
      changedSince: 1,
      simulated: 1,
      completeness: 6 / 7,
      timeliness: 5 / 7,
      approval: 2 / 7,
    });
    expect(body['rows']).toMatchObject([
      { key: 'north', expected: 5, suspended: 0, completeness: 4 / 5, timeliness: 3 / 5 },
      { key: 'south', expected: 2, suspended: 1, completeness: 1, timeliness: 1 },
    ]);
    expect(await ask('reporting?month=1999-09')).toMatchObject({ expected: 0, completeness: null, timeliness: null });
  });

  test('as known by the end of this month is as known now', async () => {
    const { known: _, ...now } = await ask('reporting?month=2024-09&by=province');
    expect(now).toMatchObject({ changedSince: 1 });
    expect(await ask('reporting?month=2024-09&by=province&known=2024-11')).toMatchObject(now);
    expect(ids(await ask('reporting/units?month=2024-09&state=changed-since&known=2024-11'))).toEqual(['changed']);
  });

  test('as known by a month expects whom the registry knew by then', async () => {
    const before = registry;
    try {
      registry = before.fork();
      const recordedAt = Date.UTC(2024, 9, 31, 20);
      const news = new Told()
        .centres(
          'CentreEstablished',
          { centre: 'heard-late', kind: 'gdtx', name: 'x', seat: 'north', establishedOn: '2000' },
          recordedAt,
        )
        .centres('OperationSuspended', { centre: 'silent', from: '2024-09-01' }, recordedAt);
      for (const fact of news.facts) registry.apply({ ...fact, seq: fact.seq + 100 });
      const silent = async (known: string) =>
        ids(await ask(`reporting/units?month=2024-09&state=silent&known=${known}`));
      expect(await ask('reporting?month=2024-09&known=2024-10')).toMatchObject({
        expected: 7,
        suspended: 1,
        silent: 1,
      });
      expect(await silent('2024-10')).toEqual(['silent']);
      expect(await ask('reporting?month=2024-09')).toMatchObject({ expected: 7, suspended: 2, silent: 1 });
      expect(await silent('latest')).toEqual(['heard-late']);
    } finally {
      registry = before;
    }
  });

  test('comes as a workbook by `accept`, with what must be known of it', async () => {
    const headers = { accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
    const answer = await fetch(`${running.url}/v1/reporting?month=2024-09&by=province`, { headers });
    expect(answer.headers.get('content-type')).toBe(headers.accept);
    expect(answer.headers.get('content-disposition')).toMatch(/filename="reporting-vn-2024-09-2024-09.xlsx"/);
    const [rows, about] = await readExcelFile(Buffer.from(await answer.arrayBuffer()));
    expect(rows!.data[0]!.slice(0, 5)).toEqual(['Mã', 'Tên', 'Tên tiếng Anh', 'Phải báo cáo', 'Đình chỉ hoạt động']);
    expect(rows!.data.slice(1).map((row) => row.slice(0, 5))).toEqual([
      ['north', 'north', 'north', 5, 0],
      ['south', 'south', 'south', 2, 1],
    ]);
    expect(about!.data.find(([name]) => name === 'dueOn')!.slice(1, 3)).toEqual([
      'Hạn báo cáo',
      new Date('2024-10-10'),
    ]);
    const units = await get('reporting/units?month=2024-09&state=late&format=xlsx');
    const [listed] = await readExcelFile(Buffer.from(await units.arrayBuffer()));
    expect(listed!.data[1]!.slice(0, 4)).toEqual(['late', 'late', 'late', 'centre']);
  });

  test('comes as CSV', async () => {
    const answer = await get('reporting?month=2024-09&by=province&format=csv');
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const [head, ...rows] = (await answer.text()).trim().split('\r\n');
    expect(head).toBe(
      'key,label,labelEn,expected,suspended,reported,nothingToReport,silent,awaited,late,closed,approved,changedSince,simulated,completeness,timeliness,approval',
    );
    expect(rows).toEqual([
      'north,north,north,5,0,4,0,1,0,1,4,2,1,0,0.8,0.6,0.4',
      'south,south,south,2,1,1,1,0,0,0,1,0,0,1,1,1,0',
    ]);
    expect(await (await get('reporting?month=2024-09&format=csv')).text()).toContain('\r\nvn,vn,vn,7,1,5,1,1,');
  });
});

describe('/v1/reporting/units', () => {
  test.each([
    ['reported', ['approved', 'changed', 'differs', 'late', 'simulated']],
    ['silent', ['silent']],
    ['nothing-to-report', ['nothing']],
    ['suspended', ['suspended']],
    ['late', ['late']],
    ['open', ['simulated']],
    ['approved', ['approved', 'changed']],
    ['changed-since', ['changed']],
    ['different', ['changed', 'differs']],
    ['awaited', []],
  ])('%s', async (state, units) => {
    expect(ids(await ask(`reporting/units?month=2024-09&state=${state}`))).toEqual(units);
  });

  test('says of each what is to be said, and when what was closed and approved', async () => {
    const { units, states, total } = await ask('reporting/units?month=2024-09&unit=changed');
    expect(total).toBe(1);
    expect(units).toEqual([
      {
        unit: 'changed',
        label: { vi: 'changed', en: 'changed' },
        kind: 'centre',
        within: [
          { id: 'north', kind: 'province', label: { vi: 'north', en: 'north' } },
          { id: 'vn', kind: 'country', label: { vi: 'vn', en: 'vn' } },
        ],
        states: ['reported', 'closed', 'approved', 'changed-since', 'different'],
        services: [
          {
            service: 'programmes',
            closed: { seq: 2, recordedAt: '2024-10-02T00:00:00.000Z', nothingToReport: false },
            approved: { seq: 3, recordedAt: '2024-10-20T00:00:00.000Z', upToSeq: 2 },
            reopened: 0,
            lastSeq: 4,
          },
        ],
      },
    ]);
    expect(states['silent']).toEqual({ vi: 'Chưa báo cáo', en: 'Silent' });
    expect((await ask('reporting/units?month=2024-09&unit=simulated'))['units'][0]).toMatchObject({ simulated: true });
  });

  test('comes in pages, and as CSV in one', async () => {
    const found: string[] = [];
    let next: string | null = '';
    for (let pages = 0; next !== null && pages < 9; pages++) {
      const body = await ask(`reporting/units?month=2024-09&limit=3${next && `&after=${next}`}`);
      found.push(...ids(body));
      next = body['next'];
    }
    expect(found).toEqual(['approved', 'changed', 'differs', 'late', 'nothing', 'silent', 'simulated', 'suspended']);
    const csv = await (await get('reporting/units?month=2024-09&state=late&format=csv')).text();
    expect(csv.trim().split('\r\n')[1]).toBe('late,late,late,centre,,1,0,0,0,0,1,1,0,0,0,0');
  });

  test('as known before something came', async () => {
    const units = (state: string) => ask(`reporting/units?month=2024-09&state=${state}&known=2024-09`);
    expect(ids(await units('awaited'))).toHaveLength(7);
    // It was due ten days later.
    expect(ids(await units('silent'))).toEqual([]);
  });
});

describe('/v1/reconciliation', () => {
  test('shows what differs and by how much; to its publisher too', async () => {
    const body = await ask('reconciliation?month=2024-09');
    expect(body).toMatchObject({ closings: 5, equal: 2, different: 2, notComparable: 0, withoutTotals: 1, next: null });
    expect(body['rows']).toMatchObject([{ unit: 'changed' }, { unit: 'differs', state: 'different' }]);
    const own = await ask('reconciliation?month=2024-09&unit=differs');
    expect(own['rows'][0]).toMatchObject({
      entry: { service: 'programmes', unit: 'differs', seq: 2 },
      measures: [{ indicator: 'learners-enrolled', category: '', total: 9, counted: 7, difference: -2 }],
    });
    expect((await ask('reconciliation?month=2024-09&state=all&limit=2'))['next']).toBe('changed/programmes');
    const rest = await ask('reconciliation?month=2024-09&state=all&after=changed/programmes');
    expect(rest['rows'].map(({ unit }: { unit: string }) => unit)).toEqual(['differs', 'late', 'nothing']);
  });

  test('comes as CSV, a line a measure', async () => {
    const csv = await (await get('reconciliation?month=2024-09&state=all&format=csv')).text();
    const lines = csv.trim().split('\r\n');
    expect(lines).toContain('differs,differs,,programmes,2,different,learners-enrolled,,9,7,-2');
    expect(lines).toContain('nothing,nothing,,community-learning,1,without-totals,,,,,');
  });
});

describe('/v1/reporting/changes', () => {
  test('lists the entries after the approved one, with what they did', async () => {
    const body = await ask('reporting/changes?month=2024-09&unit=changed');
    expect(body['services']).toMatchObject([
      {
        service: 'programmes',
        approved: { seq: 3, upToSeq: 2, by: 'north' },
        entries: [
          {
            entry: { service: 'programmes', unit: 'changed', seq: 4 },
            type: 'vn.gdtx.programmes.EntryWithdrawn.v1',
            effects: expect.arrayContaining([
              expect.objectContaining({ indicator: 'learners-enrolled', value: -7, takesBack: true }),
            ]),
          },
        ],
        figures: expect.arrayContaining([
          expect.objectContaining({ indicator: 'learners-enrolled', approved: 7, now: null }),
        ]),
      },
    ]);
  });

  test('of a month that nobody approved there are none', async () => {
    const { services } = await ask('reporting/changes?month=2024-09&unit=differs');
    expect(services).toMatchObject([{ closed: { seq: 2 }, approved: null, entries: [] }]);
    expect((await ask('reporting/changes?month=2024-09&unit=silent'))['services']).toEqual([]);
  });
});

describe('/v1/outliers', () => {
  test('lists what is far off, with what it was compared with', async () => {
    const body = await ask('outliers?month=2024-09&indicator=exam-candidates');
    expect(body).toMatchObject({ total: 1, next: null });
    expect(body['outliers'][0]).toMatchObject({
      ...{ unit: 'simulated', simulated: true, indicator: 'exam-candidates', category: 'it-certificate' },
      ...{ value: 470, median: 44.5, months: 8, direction: 'high', service: 'programmes' },
    });
    expect(await ask('outliers?month=2024-09&unit=north')).toMatchObject({ total: 0, outliers: [] });
    const all = await ask('outliers?month=2024-09&limit=1');
    expect(all['outliers']).toHaveLength(1);
    expect(
      await ask(`outliers?month=2024-09&after=${all['outliers'][0].indicator}/simulated/programmes/it-certificate`),
    ).toMatchObject({
      total: all['total'],
      next: null,
    });
  });

  test('comes as CSV', async () => {
    const csv = await (await get('outliers?month=2024-09&indicator=exam-candidates&format=csv')).text();
    expect(csv.trim().split('\r\n')[1]).toMatch(
      /^exam-candidates,simulated,simulated,true,programmes,it-certificate,470,value,470,44\.5,/,
    );
  });
});

test('what was known before anything was recorded of a month is nothing', async () => {
  expect(await ask('reconciliation?month=2024-09&known=2024-09&state=all')).toMatchObject({
    ...{ known: '2024-09', closings: 0, rows: [] },
  });
  expect(await ask('outliers?month=2024-09&known=2024-09')).toMatchObject({ known: '2024-09', total: 0 });
  expect((await ask('reconciliation?month=2024-09&known=2024-11&state=all'))['closings']).toBe(
    (await ask('reconciliation?month=2024-09&state=all'))['closings'],
  );
  expect((await ask('outliers?month=2024-09&known=2024-11'))['total']).toBeGreaterThan(0);
});

test.each([
  ['outliers?month=2024-09&known=2024-12', 400],
  ['reconciliation?month=2024-09&known=2024-12', 400],
  ['outliers?month=2024-09&unit=south', 403],
  ['outliers?unit=nowhere', 404],
  ['outliers?indicator=no-such', 404],
  ['outliers?indicator=centres', 404],
  ['outliers?month=2024-12', 400],
  ['reporting/units?month=2024-09&unit=south', 403],
  ['reconciliation?month=2024-09&unit=south', 403],
  ['reporting/changes?month=2024-09&unit=south', 403],
  ['reporting/units?unit=nowhere', 404],
  ['reconciliation?unit=nowhere', 404],
  ['reporting/changes?month=2024-09&unit=nowhere', 404],
  ['reporting/units?month=2024-12', 400],
  ['reporting/units?state=other', 400],
  ['reconciliation?state=other', 400],
  ['reconciliation?month=2024-13', 400],
  ['reporting/changes?unit=late', 400],
  ['reporting/changes?month=2024-09', 400],
])('%s: %i', async (path, status) => {
  expect((await get(path)).status).toBe(status);
});
