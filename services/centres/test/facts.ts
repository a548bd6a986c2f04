import { codecOf } from '@gdtx/contracts/fact-codecs';
import { typeOf } from '@gdtx/ledger/fact';
import type { TestFact, World } from '@gdtx/testing/given';
import type { OthersFact } from '@gdtx/testing/test-owner';
import { Registry } from '@gdtx/territory/registry';
import { centresRules } from '../src/rules.js';

/** The world that tests of this service live in, and facts that they tell. */

const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });

function territory(
  unit: string,
  kind: string,
  parent = '',
  effectiveOn: object = { notAfter: '2024-01-01' },
): OthersFact {
  return {
    service: 'provinces',
    name: 'UnitEstablished',
    data: { unit, kind, parent, name: { vi: unit }, effectiveOn },
  };
}

const part = (from: string, to: string, extent = 'whole') => ({ from, to, extent });

/** Sơn La with a district; Quảng Trị with Đông Hà until 2025-07-01, the new Quảng Trị since; three community centres. */
export const others: OthersFact[] = [
  territory('vn', 'country'),
  territory('province-14', 'province', 'vn'),
  territory('district-116', 'district', 'province-14'),
  territory('province-44', 'province', 'vn'),
  territory('province-45', 'province', 'vn'),
  territory('district-461', 'district', 'province-45'),
  territory('district-462', 'district', 'province-45'),
  {
    service: 'provinces',
    name: 'UnitsReorganised',
    data: {
      effectiveOn: on('2025-07-01'),
      established: [
        { unit: 'province-44-2025', kind: 'province', parent: 'vn', name: { vi: 'Quảng Trị' } },
        { unit: 'commune-19333-2025', kind: 'commune', parent: 'province-44-2025', name: { vi: 'Đông Hà' } },
        { unit: 'commune-19351-2025', kind: 'commune', parent: 'province-44-2025', name: { vi: 'Nam Đông Hà' } },
      ],
      parts: [
        part('province-44', 'province-44-2025'),
        part('province-45', 'province-44-2025'),
        part('district-461', 'commune-19333-2025', 'part'),
        part('district-461', 'commune-19351-2025', 'part'),
        part('district-462', 'commune-19351-2025'),
      ],
    },
  },
  communityCentre('tthtcd-1', '2015-01-01'),
  communityCentre('tthtcd-2', '2021-01-01'),
  {
    service: 'community-learning',
    name: 'CommunityCentreDissolved',
    data: { centre: 'tthtcd-2', effectiveOn: on('2023-01-01') },
  },
];

function communityCentre(centre: string, knownSince: string): OthersFact {
  const data = { centre, commune: 'district-116', name: { vi: centre }, knownSince };
  return { service: 'community-learning', name: 'CommunityCentreEstablished', data };
}

/** The registry that others' facts make. */
export function registryOfOthers(): Registry {
  const registry = Registry.empty();
  const seqs = new Map<string, number>();
  for (const { service, name, data } of others) {
    const seq = (seqs.get(service) ?? 0) + 1;
    seqs.set(service, seq);
    const type = typeOf(service, name);
    const codec = codecOf(type) as unknown as { fromPartial(data: object): never };
    registry.apply({ service, type, data: codec.fromPartial(data), seq, recordedAt: seq });
  }
  return registry;
}

export const world: World = {
  service: 'centres',
  rules: centresRules,
  today: '2026-01-15',
  registry: registryOfOthers(),
};

export const established = (centre: string, more: object = {}): TestFact => ({
  name: 'CentreEstablished',
  data: { centre, kind: 'gdtx', name: { vi: centre }, seat: 'province-14', establishedOn: '2000-01-01', ...more },
});

export const fact = (name: string, data: object, source = 'vn'): TestFact => ({ name, data, source });

/** Sơn La 2018: two centres became one. */
export const sonLa: TestFact[] = [
  established('gdtx-cu', { establishedOn: undefined, knownSince: '2018-09-24' }),
  established('kthn-son-la', { kind: 'kthn', establishedOn: undefined, knownSince: '2018-09-24' }),
];

export const consolidation = (more: object = {}): TestFact =>
  fact('CentresReorganised', {
    form: 'consolidation',
    sources: ['gdtx-cu', 'kthn-son-la'],
    targets: [{ centre: 'gdtx-son-la', established: { kind: 'gdtx', name: { vi: 'GDTX' }, seat: 'province-14' } }],
    effectiveOn: '2018-09-25',
    legalBasis: [{ number: '2343/QĐ-UBND', issuedOn: '2018-09-25', issuer: 'UBND tỉnh Sơn La' }],
    ...more,
  });
