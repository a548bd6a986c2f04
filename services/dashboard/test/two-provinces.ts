import type { Registry } from '@gdtx/territory/registry';
import { Told } from '../../../libs/territory/test/facts.js';

/** A country of two provinces, `north` with the centre `a` and `south` with the centre `b`, since long before anything is reported. */
export function twoProvinces(): Registry {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['north', 'province', 'vn'],
    ['south', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  for (const [centre, seat] of [
    ['a', 'north'],
    ['b', 'south'],
  ] as const)
    told.centres('CentreEstablished', { centre, kind: 'gdtx', name: centre, seat, establishedOn: '2000' });
  return told.registry();
}
