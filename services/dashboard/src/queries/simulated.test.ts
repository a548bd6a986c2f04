import { describe, expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { ReadModel } from '../columns/read-model.js';
import { monthNumber, type Cell, type UnitYear } from '../model.js';
import { KeptReady } from '../prepared/kept-ready.js';
import { csvOf } from '../tables/csv-table.js';
import type { Sources } from './evaluate.js';
import { figure, type Figure } from './figure.js';
import { figureTable } from './figure-table.js';
import { figureParameters, figureQuery } from './figure-query.js';

/** What simulated units said is marked in every figure that it is part of, and in the rows that it is in; nowhere else. */

const TODAY = '2026-01-15';
const registry = (() => {
  const told = new Told();
  const territory = (unit: string, kind: string, parent: string, effectiveOn = '1990-01-01') =>
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn });
  territory('vn', 'country', '');
  for (const province of ['north', 'south']) {
    territory(province, 'province', 'vn');
    territory(`${province}-town`, 'commune', province);
  }
  const centre = (id: string, seat: string, more: object = {}) =>
    told.centres('CentreEstablished', { centre: id, kind: 'gdtx', name: id, seat, establishedOn: '2000', ...more });
  centre('real-north', 'north-town');
  centre('sim-north', 'north-town', { simulated: true });
  centre('real-south', 'south-town');
  told.add('community-learning', 'CommunityCentreEstablished', {
    ...{ centre: 'sim-community', commune: 'north-town', name: 't', establishedOn: '2001', simulated: true },
  });
  return told.registry();
})();

const cell = (indicator: string, month: string, sum: number): Cell => ({
  ...{ indicator, category: 'refresher', part: '', month: monthNumber(month), recorded: monthNumber(month), at: '' },
  ...{ sum, exact: 1, atLeast: 0, about: 0 },
});

const model = (() => {
  const made = new ReadModel();
  const said: [unit: string, cells: Cell[]][] = [
    ['real-north', [cell('learners-enrolled', '2024-02', 10), cell('learners-enrolled', '2024-03', 1)]],
    ['sim-north', [cell('learners-enrolled', '2024-03', 5)]],
    ['real-south', [cell('learners-enrolled', '2024-03', 7)]],
  ];
  for (const [unit, cells] of said) {
    const year: UnitYear = {
      ...{ _id: `programmes/${unit}/2024`, service: 'programmes', unit, year: 2024, epoch: 0, seq: 1 },
      ...{ cells, levels: [], balances: [] },
    };
    made.apply(year);
  }
  made.apply({
    ...{
      _id: 'centres/sim-north/2024',
      service: 'centres',
      unit: 'sim-north',
      year: 2024,
      epoch: 0,
      seq: 1,
      cells: [],
    },
    levels: [
      {
        ...{ indicator: 'staff', category: '', part: '', slot: '', at: '', day: '2024-05-01', mode: 'set' },
        ...{ value: 12, precision: 0, seq: 1, recorded: monthNumber('2024-05'), withdrawn: null },
      },
    ],
    balances: [
      {
        ...{ indicator: 'trainees', category: '', part: '', at: '', from: null, to: '2020-12-31', basis: 'total' },
        ...{ value: 100, precision: 0, asGiven: '', seq: 2, recorded: monthNumber('2024-05'), withdrawn: null },
      },
    ],
  });
  return made;
})();

function asked(indicator: string, parameters: Record<string, string> = {}, more: Partial<Sources> = {}): Figure {
  const query = figureQuery(figureParameters.parse({ indicator, ...parameters }), registry, TODAY);
  return figure(query, { model, registry, ...more }, { asOf: null, lacks: [] }, () => []);
}

const marks = ({ simulated, rows }: Figure) => ({
  ...(simulated ? { all: true } : {}),
  ...Object.fromEntries(rows.filter((row) => row.simulated).map((row) => [row.key, true])),
});

describe('simulated', () => {
  const cases: [what: string, indicator: string, parameters: Record<string, string>, marked: object][] = [
    ['a flow', 'learners-enrolled', {}, { all: true }],
    ['a flow of a province that has none', 'learners-enrolled', { unit: 'south' }, {}],
    ['a flow of months without any', 'learners-enrolled', { to: '2024-02' }, {}],
    ['rows by province', 'learners-enrolled', { by: 'province' }, { all: true, north: true }],
    ['rows by month', 'learners-enrolled', { by: 'month' }, { all: true, '2024-03': true }],
    ['rows by centre', 'learners-enrolled', { by: 'centre' }, { all: true, 'sim-north': true }],
    ['rows by authority', 'learners-enrolled', { by: 'authority' }, { all: true, unknown: true }],
    ['a real centre', 'learners-enrolled', { unit: 'real-north' }, {}],
    ['a level', 'staff', { by: 'province' }, { all: true, north: true }],
    ['a balance', 'trainees', { by: 'province' }, { all: true, north: true }],
    ['a count of units', 'centres', { by: 'province' }, { all: true, north: true }],
    ['a count of units of a province that has none', 'centres', { unit: 'south' }, {}],
    ['coverage', 'community-coverage', { by: 'province' }, { all: true, north: true }],
    ['a simulated unit that has said nothing', 'awards', { unit: 'sim-north' }, { all: true }],
  ];
  test.each(cases)('%s', async (_, indicator, parameters, marked) => {
    for (const map of ['then', 'today', '2010-05-05']) {
      expect([map, marks(asked(indicator, { ...parameters, map }))]).toEqual([map, marked]);
    }
    const onCrash = (error: unknown) => {
      throw error;
    };
    const kept = new KeptReady({ model, registry: () => registry, seqs: () => new Map(), today: () => TODAY, onCrash });
    try {
      await kept.start();
      const ready = kept.current().prepared;
      expect(marks(asked(indicator, parameters, { ready, registry: ready.registry }))).toEqual(marked);
    } finally {
      kept.stop();
    }
  });

  test('in CSV, at its head and in the rows', () => {
    const lines = csvOf(figureTable(asked('learners-enrolled', { by: 'province' }))).split('\r\n');
    expect(lines.find((line) => line.startsWith('# simulated'))).toBe(
      '# simulated,true,Có số liệu mô phỏng,Holds simulated data',
    );
    const head = lines.find((line) => line.startsWith('key,'))!.split(',');
    const column = (row: string) => lines.find((line) => line.startsWith(row))!.split(',')[head.indexOf('simulated')];
    expect([column('north'), column('south')]).toEqual(['true', '']);
    expect(csvOf(figureTable(asked('learners-enrolled', { unit: 'south' })))).not.toContain('# simulated');
  });
});
