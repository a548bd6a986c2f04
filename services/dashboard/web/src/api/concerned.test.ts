import { describe, expect, test } from '@jest/globals';
import { heardBoth, heardOf, isConcerned, isOfRegistry, NOTHING_HEARD, REGISTRY_HEARD } from './concerned.js';

const entry = (service: string, unit: string) => ({ service, unit, seq: 1 });
const enrolled = heardOf(entry('programmes', 'gdtx-son-la'), ['learners-enrolled', 'learners-present']);

describe('what an entry may have changed', () => {
  test.each([
    [['figures', '/v1/figures?indicator=learners-present', 'learners-present'], true],
    [['figures', '/v1/figures?indicator=staff', 'staff'], false],
    [['follow-up', '/v1/recommendations?limit=25'], false],
    [['units', '/v1/centres/gdtx-son-la'], false],
    [['units', '/v1/units/gdtx-son-la?on=2026-01-01'], false],
    [['units', '/v1/units?kind=province'], false],
    [['reporting', '/v1/reporting?month=2026-01'], true],
    [['compared', '/v1/outliers?month=2026-01'], true],
  ])('%j: %s', (key, is) => {
    expect(isConcerned(key, enrolled)).toBe(is);
  });

  test.each([
    ['/v1/centres/gdtx-son-la', 'centres', true],
    ['/v1/community-centres/tthtcd-sao-do', 'centres', false],
    ['/v1/community-centres/tthtcd-sao-do', 'community-learning', true],
  ])('%s by an entry of %s, whosever ledger it is in: %s', (path, service, is) => {
    expect(isConcerned(['units', path], heardOf(entry(service, 'province-14'), []))).toBe(is);
  });

  test('the registry: everything', () => {
    for (const about of ['figures', 'follow-up', 'units', 'reporting', 'compared']) {
      expect(isConcerned([about, '/v1', 'staff'], REGISTRY_HEARD)).toBe(true);
    }
  });

  test('an inspection’s: follow-up', () => {
    expect(isConcerned(['follow-up', '/v1'], heardOf(entry('inspections', 'vn'), []))).toBe(true);
  });

  test('what was heard together is heard of each', () => {
    const both = heardBoth(enrolled, heardOf(entry('centres', 'a'), ['staff']));
    expect([...both.indicators]).toEqual(['learners-enrolled', 'learners-present', 'staff']);
    expect([...both.services]).toEqual(['programmes', 'centres']);
    expect(both.registry).toBe(false);
    expect(heardBoth(NOTHING_HEARD, REGISTRY_HEARD).registry).toBe(true);
  });
});

test.each([
  ['provinces', 'vn', true],
  ['centres', 'vn', true],
  ['community-learning', 'vn', true],
  ['inspections', 'vn', false],
  ['centres', 'gdtx-son-la', false],
])('an entry in %s/%s is of the registry: %s', (service, unit, is) => {
  expect(isOfRegistry(entry(service, unit))).toBe(is);
});
