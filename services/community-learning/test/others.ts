import type { OthersFact } from '@gdtx/testing/test-owner';

const named = (vi: string) => ({ vi, en: '' });
const onDay = (on: string) => ({ on, notBefore: '', notAfter: '' });
const since2000 = { on: '', notBefore: '', notAfter: '2000-01-01' };

const unit = (id: string, kind: string, parent: string): OthersFact => ({
  service: 'provinces',
  name: 'UnitEstablished',
  data: { unit: id, kind, parent, name: named(id), effectiveOn: since2000 },
});

/** Chí Linh before and after the reform of 2025, and a province apart. */
export const othersFacts: OthersFact[] = [
  unit('vn', 'country', ''),
  unit('province-30', 'province', 'vn'),
  unit('province-14', 'province', 'vn'),
  unit('district-290', 'district', 'province-30'),
  ...['10546', '10576', '10591'].map((code) => unit(`commune-${code}`, 'commune', 'district-290')),
  {
    service: 'provinces',
    name: 'UnitsReorganised',
    data: {
      effectiveOn: onDay('2025-07-01'),
      established: [
        { unit: 'province-31-2025', kind: 'province', parent: 'vn', name: named('Hải Phòng') },
        { unit: 'commune-10546-2025', kind: 'commune', parent: 'province-31-2025', name: named('Chí Linh') },
      ],
      parts: [
        { from: 'province-30', to: 'province-31-2025', extent: 'whole' },
        ...['commune-10546', 'commune-10576', 'commune-10591', 'district-290'].map((from) => ({
          from,
          to: 'commune-10546-2025',
          extent: 'whole',
        })),
      ],
    },
  },
];
