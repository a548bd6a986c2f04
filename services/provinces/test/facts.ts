import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import type { TestFact, World } from '@gdtx/testing/given';
import { Registry } from '@gdtx/territory/registry';
import { provincesRules } from '../src/rules.js';

/** Facts that tests of this service tell. */

export const world: World = { service: 'provinces', rules: provincesRules, today: '2026-01-15' };

export function established(unit: string, kind: string, parent?: string, more: object = {}): TestFact {
  const data = { unit, kind, name: { vi: unit }, parent, effectiveOn: { notAfter: '2024-01-01' }, ...more };
  return { name: 'UnitEstablished', data };
}

export const country = established('vn', 'country');

/** A registry that knows a centre, which is no territory. */
export function registryWithCentre(): Registry {
  const registry = Registry.empty();
  const data = CentreEstablished.fromPartial({
    centre: 'gdtx-x',
    kind: 'gdtx',
    name: { vi: 'X' },
    seat: 'vn',
    knownSince: '2000-01-01',
  });
  registry.apply({ service: 'centres', type: 'vn.gdtx.centres.CentreEstablished.v1', data, seq: 1, recordedAt: 1 });
  return registry;
}
