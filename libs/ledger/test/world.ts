import type { Registry } from '@gdtx/territory/registry';
import { Told } from '../../territory/test/facts.js';

/** Two provinces; two centres in the first, one in the second, and one that was merged into another in 2018. */
export function territory(): Told {
  return new Told()
    .provinces('UnitEstablished', { unit: 'vn', kind: 'country', name: 'Việt Nam', effectiveOn: '1945-09-02' })
    .provinces('UnitEstablished', {
      unit: 'province-14',
      kind: 'province',
      parent: 'vn',
      name: 'Sơn La',
      effectiveOn: '1990-01-01',
    })
    .provinces('UnitEstablished', {
      unit: 'province-15',
      kind: 'province',
      parent: 'vn',
      name: 'Yên Bái',
      effectiveOn: '1990-01-01',
    });
}

export function world(): Registry {
  const told = territory();
  const seats = {
    'gdtx-a': 'province-14',
    'gdtx-b': 'province-14',
    'gdtx-c': 'province-15',
    'gdtx-old': 'province-14',
  };
  for (const [centre, seat] of Object.entries(seats)) {
    told.centres('CentreEstablished', { centre, kind: 'gdtx', name: centre, seat, establishedOn: '2000-01-01' });
  }
  told.centres('CentresReorganised', {
    form: 'merger',
    sources: ['gdtx-old', 'gdtx-a'],
    targets: [{ centre: 'gdtx-a' }],
    effectiveOn: '2018-09-25',
  });
  return told.registry();
}
