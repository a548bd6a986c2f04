import type { Told } from './facts.js';

const open = { notAfter: '1990-01-01' };

/**
 * Simplified from history: Bắc Thái became Bắc Kạn and Thái Nguyên on 1997-01-01, which became one on 2025-07-01. Centre A
 * has its seat in a district of what is Thái Nguyên, B in one of Bắc Kạn, C only in the province of 2025.
 */
export function tellBacThai(told: Told): Told {
  return told
    .provinces('UnitEstablished', { unit: 'vn', kind: 'country', name: 'Việt Nam', effectiveOn: open })
    .provinces('UnitEstablished', {
      unit: 'bac-thai',
      kind: 'province',
      name: 'Bắc Thái',
      parent: 'vn',
      effectiveOn: open,
    })
    .provinces('UnitEstablished', {
      unit: 'd-tn',
      kind: 'district',
      name: 'TP Thái Nguyên',
      parent: 'bac-thai',
      effectiveOn: open,
    })
    .provinces('UnitEstablished', {
      unit: 'd-bk',
      kind: 'district',
      name: 'Bạch Thông',
      parent: 'bac-thai',
      effectiveOn: open,
    })
    .provinces('UnitsReorganised', {
      effectiveOn: '1997-01-01',
      established: [
        { unit: 'bac-kan', kind: 'province', name: 'Bắc Kạn', parent: 'vn' },
        { unit: 'thai-nguyen', kind: 'province', name: 'Thái Nguyên', parent: 'vn' },
      ],
      parts: [
        { from: 'bac-thai', to: 'bac-kan', extent: 'part' },
        { from: 'bac-thai', to: 'thai-nguyen', extent: 'part' },
      ],
      moved: [
        { unit: 'd-tn', parent: 'thai-nguyen' },
        { unit: 'd-bk', parent: 'bac-kan' },
      ],
    })
    .provinces('UnitsReorganised', {
      effectiveOn: '2025-07-01',
      established: [
        { unit: 'thai-nguyen-2025', kind: 'province', name: 'Thái Nguyên', parent: 'vn' },
        { unit: 'w-tn', kind: 'commune', name: 'Phan Đình Phùng', parent: 'thai-nguyen-2025' },
        { unit: 'w-bk', kind: 'commune', name: 'Phủ Thông', parent: 'thai-nguyen-2025' },
      ],
      parts: [
        { from: 'bac-kan', to: 'thai-nguyen-2025' },
        { from: 'thai-nguyen', to: 'thai-nguyen-2025' },
        { from: 'd-tn', to: 'w-tn' },
        { from: 'd-bk', to: 'w-bk' },
      ],
    })
    .centres('CentreEstablished', { centre: 'a', kind: 'gdtx', name: 'A', seat: 'd-tn', establishedOn: '1990' })
    .centres('CentreEstablished', { centre: 'b', kind: 'gdtx', name: 'B', seat: 'd-bk', establishedOn: '1990' })
    .centres('CentreEstablished', {
      centre: 'c',
      kind: 'gdtx',
      name: 'C',
      seat: 'thai-nguyen-2025',
      establishedOn: '1990',
    });
}

/** `[centre, month, learners enrolled]` */
export const enrolled: [string, string, number][] = [
  ['a', '1995-05', 100],
  ['a', '2010-05', 200],
  ['a', '2025-09', 300],
  ['b', '1995-05', 50],
  ['b', '2010-05', 60],
  ['b', '2025-09', 70],
];
