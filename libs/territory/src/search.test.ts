import { describe, expect, test } from '@jest/globals';
import { Told } from '../test/facts.js';
import { bareName, folded } from './names.js';
import { search } from './search.js';

const registry = new Told()
  .provinces('UnitEstablished', {
    unit: 'commune-1',
    kind: 'commune',
    name: { vi: 'Phường Đồng Lạc', en: 'Dong Lac' },
    type: 'Phường',
    officialCode: '10600',
    parent: 'p',
    effectiveOn: { notAfter: '2020-01-01' },
  })
  .provinces('UnitEstablished', {
    unit: 'commune-2',
    kind: 'commune',
    name: { vi: 'Xã Lạc Đồng', en: '' },
    officialCode: '20106',
    parent: 'p',
    effectiveOn: { notAfter: '2020-01-01' },
  })
  .centres('CentreEstablished', {
    centre: 'gdtx-a',
    name: 'Trung tâm GDTX tỉnh Sơn La',
    seat: 'p',
    knownSince: '2018-09-24',
  })
  .centres('CentresReorganised', {
    sources: ['gdtx-a'],
    targets: [{ centre: 'gdtx-b', established: { kind: 'gdtx', name: 'Trung tâm GDTX tỉnh Sơn La', seat: 'p' } }],
    effectiveOn: '2018-09-25',
  })
  .centres('CentreRenamed', { centre: 'gdtx-b', name: 'Trung tâm GDTX Đồng Lạc', effectiveOn: '2021-01-01' })
  .registry();
const ids = (text: string, on?: string) => search(registry, text, on).map((hit) => hit.unit.id);

describe('units are found', () => {
  test('without tones and case', () => {
    expect(ids('dong lac')[0]).toBe('commune-1');
    expect(ids('ĐỒNG  lạc')[0]).toBe('commune-1');
    expect(ids('  ')).toEqual([]);
    expect(ids('nowhere')).toEqual([]);
  });

  test('by any name that they bore, with its time', () => {
    const hits = search(registry, 'Trung tâm GDTX tỉnh Sơn La');
    expect(hits.map((hit) => [hit.unit.id, hit.matches[0]!.from, hit.matches[0]!.to])).toEqual([
      ['gdtx-a', '2018-09-24', '2018-09-25'],
      ['gdtx-b', '2018-09-25', '2021-01-01'],
    ]);
    expect(hits.map((hit) => hit.successors)).toEqual([['gdtx-b'], []]);
  });

  test('by what they were called on a day', () => {
    expect(ids('son la', '2018-09-24')).toEqual(['gdtx-a']);
    expect(ids('son la', '2020-01-01')).toEqual(['gdtx-b']);
    expect(ids('son la', '2022-01-01')).toEqual([]);
    expect(ids('dong lac', '2022-01-01')).toEqual(['commune-1', 'gdtx-b']);
  });

  test('by the beginning of a code and by a whole id', () => {
    expect(ids('106')).toEqual(['commune-1']);
    expect(ids('gdtx-b')).toEqual(['gdtx-b']);
    expect(search(registry, '10600')[0]!.matches[0]).toMatchObject({ what: 'code', value: '10600' });
  });

  test('whole names before parts of them', () => {
    expect(ids('lac')).toEqual(['commune-1', 'gdtx-b', 'commune-2']);
  });
});

test('a name without its type', () => {
  expect(bareName('Phường Phả Lại', 'Phường')).toBe('Phả Lại');
  expect(bareName('Phường 4', 'Phường')).toBe('Phường 4');
  expect(bareName('Thành Phố Huế', 'Thành phố')).toBe('Huế');
  expect(bareName('Việt Nam', '')).toBe('Việt Nam');
  expect(folded('Đắk Lắk')).toBe('dak lak');
});
