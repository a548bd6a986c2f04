import { describe, expect, test } from '@jest/globals';
import { testEveryFact } from '@gdtx/testing/every-fact';
import { given } from '@gdtx/testing/given';
import { country, established, world } from '../test/facts.js';
import { provincesRules } from './rules.js';

testEveryFact('provinces', provincesRules);

describe('the form of territory', () => {
  const form = (data: object) => given(world, [country]).when({ name: 'UnitEstablished', data }).refused();
  const valid = established('province-14', 'province', 'vn').data as object;

  test.each([
    ['an id with capitals', { unit: 'Province-14' }, 'data.unit'],
    ['another kind', { kind: 'ward' }, 'data.kind'],
    ['no name', { name: {} }, 'data.name.vi'],
    ['a code as a number', { officialCode: 14 }, 'data.officialCode'],
    ['a code with letters', { officialCode: 'SL' }, 'data.officialCode'],
    ['no parent', { parent: undefined }, 'data.parent'],
    ['a country with a parent', { unit: 'vn', kind: 'country' }, 'data.parent'],
    ['another country', { unit: 'la', kind: 'country', parent: undefined }, 'data.unit'],
    ['latitude and longitude swapped', { location: { lat: 103.9, lon: 21.3 } }, 'data.location.lat'],
    ['a day that isn’t', { effectiveOn: '2023-02-29' }, 'data.effectiveOn'],
    ['no date', { effectiveOn: undefined }, 'data.effectiveOn'],
    [
      'bounds that end before they begin',
      { effectiveOn: { notBefore: '2020-01-01', notAfter: '2019-01-01' } },
      'data.effectiveOn',
    ],
    ['a legal basis with another field', { legalBasis: [{ no: '1' }] }, 'data.legalBasis.0.no'],
  ])('refuses %s', (_what, change, path) => {
    expect(form({ ...valid, ...change })).toMatchObject({ slug: 'malformed', path });
  });

  test('refuses a target below zero and one of no indicator', () => {
    const target = (change: object) =>
      given(world, [country]).when({
        name: 'TargetSet',
        data: { unit: 'vn', indicator: 'staff', year: 2025, value: 1, ...change },
      });
    expect(target({ value: -1 }).refused()).toMatchObject({ slug: 'malformed', path: 'data.value' });
    expect(target({ indicator: 'Staff!' }).refused()).toMatchObject({ slug: 'malformed', path: 'data.indicator' });
    expect(target({ year: 25 }).refused()).toMatchObject({ slug: 'malformed', path: 'data.year' });
  });
});
