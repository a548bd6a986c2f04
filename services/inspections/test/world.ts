import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import {
  CommunityCentreEstablished,
  CommunityCentresReorganised,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { UnitEstablished, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { typeOf } from '@gdtx/ledger/fact';
import type { World } from '@gdtx/testing/given';
import type { OthersFact } from '@gdtx/testing/test-owner';
import { Registry } from '@gdtx/territory/registry';
import { rules } from '../src/rules.js';

const named = (vi: string) => ({ vi, en: '' });
const onDay = (on: string) => ({ on, notBefore: '', notAfter: '' });
const since2000 = { on: '', notBefore: '', notAfter: '2000-01-01' };

const unit = (id: string, kind: string, parent: string): OthersFact => ({
  service: 'provinces',
  name: 'UnitEstablished',
  data: UnitEstablished.fromPartial({ unit: id, kind, parent, name: named(id), effectiveOn: since2000 }),
});

const part = (from: string, to: string, extent = 'whole') => ({ from, to, extent });

const centre = (id: string, seat: string): OthersFact => ({
  service: 'centres',
  name: 'CentreEstablished',
  data: CentreEstablished.fromPartial({
    centre: id,
    kind: 'gdnn-gdtx',
    name: named(id),
    seat,
    knownSince: '2022-01-01',
  }),
});

const communityCentre = (id: string, commune: string): OthersFact => ({
  service: 'community-learning',
  name: 'CommunityCentreEstablished',
  data: CommunityCentreEstablished.fromPartial({ centre: id, commune, name: named(id), knownSince: '2022-01-01' }),
});

/** Chí Linh and Đông Hà before and after the reform of 2025, and Sơn La, which stayed what it was. */
export const othersFacts: OthersFact[] = [
  unit('vn', 'country', ''),
  ...['14', '27', '30', '45'].map((code) => unit(`province-${code}`, 'province', 'vn')),
  unit('district-290', 'district', 'province-30'),
  unit('district-461', 'district', 'province-45'),
  unit('district-116', 'district', 'province-14'),
  unit('commune-10546', 'commune', 'district-290'),
  unit('commune-10549', 'commune', 'district-290'),
  unit('commune-3646', 'commune', 'district-116'),
  {
    service: 'provinces',
    name: 'UnitsReorganised',
    data: UnitsReorganised.fromPartial({
      effectiveOn: onDay('2025-07-01'),
      established: [
        { unit: 'province-31-2025', kind: 'province', parent: 'vn', name: named('Hải Phòng') },
        { unit: 'province-44-2025', kind: 'province', parent: 'vn', name: named('Quảng Trị') },
        { unit: 'commune-10546-2025', kind: 'commune', parent: 'province-31-2025', name: named('Chí Linh') },
        { unit: 'commune-19333-2025', kind: 'commune', parent: 'province-44-2025', name: named('Đông Hà') },
        { unit: 'commune-19351-2025', kind: 'commune', parent: 'province-44-2025', name: named('Nam Đông Hà') },
      ],
      parts: [
        part('province-30', 'province-31-2025'),
        part('province-45', 'province-44-2025'),
        part('district-290', 'commune-10546-2025'),
        part('commune-10546', 'commune-10546-2025'),
        part('commune-10549', 'commune-10546-2025'),
        part('district-461', 'commune-19333-2025', 'part'),
        part('district-461', 'commune-19351-2025', 'part'),
      ],
    }),
  },
  centre('gdnn-gdtx-chi-linh', 'district-290'),
  centre('gdnn-gdtx-dong-ha', 'district-461'),
  centre('gdtx-son-la', 'province-14'),
  communityCentre('tthtcd-pha-lai', 'commune-10546'),
  communityCentre('tthtcd-sao-do', 'commune-10549'),
  communityCentre('tthtcd-son-la', 'commune-3646'),
  {
    service: 'community-learning',
    name: 'CommunityCentresReorganised',
    data: CommunityCentresReorganised.fromPartial({
      sources: ['tthtcd-pha-lai'],
      targets: [{ centre: 'tthtcd-chi-linh', established: { commune: 'commune-10546-2025', name: named('Chí Linh') } }],
      effectiveOn: onDay('2025-09-01'),
    }),
  },
];

function registry(): Registry {
  const made = Registry.empty();
  othersFacts.forEach(({ service, name, data }, i) =>
    made.apply({ service, type: typeOf(service, name), data, seq: i + 1, recordedAt: i + 1 }),
  );
  return made;
}

export const world: World = { service: 'inspections', rules, registry: registry(), today: '2026-01-15' };
