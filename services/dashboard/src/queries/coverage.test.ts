import { describe, expect, test } from '@jest/globals';
import { Told } from '../../../../libs/territory/test/facts.js';
import { ReadModel } from '../columns/read-model.js';
import { figure } from './figure.js';
import { figureParameters, figureQuery } from './figure-query.js';

/**
 * Three communes of two provinces; on 2025-07-01 A and B of the north become AB, and the provinces become one.
 * Community centres: A from 2010-03, A again from 2011, B from 2024-05 until 2025-01, C of the south from 2024-06.
 */
const TODAY = '2025-12-15';
const told = new Told();
const territory = (unit: string, kind: string, parent: string) =>
  told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '2000-01-01' });
territory('vn', 'country', '');
for (const province of ['north', 'south']) territory(province, 'province', 'vn');
for (const commune of ['a', 'b']) territory(commune, 'commune', 'north');
territory('c', 'commune', 'south');
const centre = (id: string, commune: string, establishedOn: string) =>
  told.community('CommunityCentreEstablished', { centre: id, commune, name: id, establishedOn });
centre('of-a', 'a', '2010-03-10');
centre('of-a-too', 'a', '2011-01-01');
centre('of-b', 'b', '2024-05-20');
centre('of-c', 'c', '2024-06-01');
told.community('CommunityCentreDissolved', { centre: 'of-b', effectiveOn: '2025-01-01' });
told.provinces('UnitsReorganised', {
  effectiveOn: '2025-07-01',
  established: [
    { unit: 'one', kind: 'province', name: 'One', parent: 'vn' },
    { unit: 'ab', kind: 'commune', name: 'AB', parent: 'one' },
  ],
  parts: [
    { from: 'north', to: 'one' },
    { from: 'south', to: 'one' },
    { from: 'a', to: 'ab' },
    { from: 'b', to: 'ab' },
  ],
  moved: [{ unit: 'c', parent: 'one' }],
});
const registry = told.registry();

const asked = (more: object) => {
  const query = figureQuery(figureParameters.parse({ indicator: 'community-coverage', ...more }), registry, TODAY);
  return figure(query, { model: new ReadModel(), registry }, { asOf: null, lacks: [] }, () => []);
};
const share = ({ numerator, denominator }: { numerator?: number | null; denominator?: number | null }) =>
  `${numerator}/${denominator}`;
const rows = (more: object) => Object.fromEntries(asked(more).rows.map((row) => [row.key, share(row)]));

describe('coverage over time', () => {
  test('month by month, on the last day of each, by the map of then', () => {
    expect(rows({ map: 'then', from: '2024-04', to: '2024-07', by: 'month' })).toEqual({
      '2024-04': '1/3',
      '2024-05': '2/3',
      '2024-06': '3/3',
      '2024-07': '3/3',
    });
    const around = { map: 'then', from: '2024-12', to: '2025-07', by: 'month' };
    expect(rows(around)).toMatchObject({ '2024-12': '3/3', '2025-01': '2/3', '2025-06': '2/3', '2025-07': '2/2' });
    expect(share(asked(around))).toBe('2/2');
  });

  test('by the map of today, A and B are one commune all the time', () => {
    expect(rows({ from: '2024-04', to: '2024-07', by: 'month' })).toEqual({
      '2024-04': '1/2',
      '2024-05': '1/2',
      '2024-06': '2/2',
      '2024-07': '2/2',
    });
  });

  test('begins with the first centre, where no time is asked', () => {
    expect(Object.keys(rows({ by: 'year', map: 'then', to: '2012-12' }))).toEqual(['2010', '2011', '2012']);
    expect(rows({ by: 'school-year', map: 'then', to: '2012-12' })).toEqual({
      '2009-2010': '1/3',
      '2010-2011': '1/3',
      '2011-2012': '1/3',
      '2012-2013': '1/3',
    });
  });

  test('by place and time, whichever is named first', () => {
    const years = { from: '2023-01', to: '2024-12', map: 'then' };
    expect(rows({ ...years, by: 'province,year' })).toEqual({
      'north,2023': '1/2',
      'north,2024': '2/2',
      'south,2023': '0/1',
      'south,2024': '1/1',
    });
    expect(rows({ ...years, by: 'year,province' })).toMatchObject({ '2023,north': '1/2', '2024,south': '1/1' });
  });

  test('of a province by the map of then, as long as it lives', () => {
    expect(rows({ unit: 'north', map: 'then', from: '2024-04', to: '2024-05', by: 'month' })).toEqual({
      '2024-04': '1/2',
      '2024-05': '2/2',
    });
  });

  test('a month says what the same day asked by itself says', () => {
    for (const map of ['then', 'today', '2024-12-31', '2005-05-05']) {
      for (const unit of ['vn', 'north', 'south', 'one']) {
        for (const by of ['', 'province', 'commune']) {
          const byMonth = asked({ unit, map, from: '2024-04', to: '2025-08', by: by ? `${by},month` : 'month' });
          for (const on of ['2024-05-31', '2025-06-30', '2025-07-31']) {
            const alone = asked({ unit, map, on, ...(by ? { by } : {}) });
            const month = on.slice(0, 7);
            const found = byMonth.rows.filter(({ key }) => key.endsWith(month)).map(share);
            expect([map, unit, by, on, found.sort()]).toEqual([
              ...[map, unit, by, on],
              // Without communes there is nothing to share out, and no row.
              (by ? alone.rows : [alone])
                .map(share)
                .filter((each) => each !== '0/0')
                .sort(),
            ]);
          }
        }
      }
    }
  });
});

test('where no centre’s beginning is known, they have been there all the time that is asked', () => {
  const open = new Told()
    .provinces('UnitEstablished', { unit: 'vn', kind: 'country', parent: '', name: 'vn', effectiveOn: '2000-01-01' })
    .provinces('UnitEstablished', { unit: 'c', kind: 'commune', parent: 'vn', name: 'c', effectiveOn: '2000-01-01' })
    .community('CommunityCentreEstablished', {
      ...{ centre: 'of-c', commune: 'c', name: 'of-c', establishedOn: { notAfter: '2020-01-01' } },
    })
    .registry();
  for (const [indicator, value] of [
    ['community-coverage', 1],
    ['community-centres', 1],
  ] as const) {
    const parameters = { indicator, from: '2021-01', to: '2021-02', by: 'month' };
    const query = figureQuery(figureParameters.parse(parameters), open, TODAY);
    const answer = figure(query, { model: new ReadModel(), registry: open }, { asOf: null, lacks: [] }, () => []);
    expect(answer.value).toBe(value);
    expect(answer.rows.map((row) => [row.key, row.value])).toEqual([
      ['2021-01', value],
      ['2021-02', value],
    ]);
  }
});

describe('what has no answer is refused, and says what has', () => {
  test.each([
    ['community-coverage', { by: 'centre' }, 'no-such-rows', 'by'],
    ['community-coverage', { by: 'category' }, 'no-such-rows', 'by'],
    ['community-coverage', { by: 'month,authority' }, 'no-such-rows', 'by'],
    ['topics-per-plan', { by: 'category' }, 'no-such-rows', 'by'],
    ['topics-per-plan', { by: 'category,province' }, 'no-such-rows', 'by'],
    ['community-coverage', { part: 'female' }, 'no-such-part', 'part'],
    ['centres', { part: 'female' }, 'no-such-part', 'part'],
    ['communes', {}, 'part-of-a-ratio', 'indicator'],
    ['communes-covered', { by: 'province' }, 'part-of-a-ratio', 'indicator'],
  ])('%s %p', (indicator, more, slug, path) => {
    const ask = () => figureQuery(figureParameters.parse({ indicator, ...more }), registry, TODAY);
    expect(ask).toThrow(expect.objectContaining({ status: 400, slug, extra: expect.objectContaining({ path }) }));
  });

  test('in a sentence', () => {
    const ask = () =>
      figureQuery(figureParameters.parse({ indicator: 'community-coverage', by: 'centre' }), registry, TODAY);
    expect(ask).toThrow(
      '`community-coverage` has no rows by centre; it has rows by province, district, commune, month, year, school-year.',
    );
  });
});
