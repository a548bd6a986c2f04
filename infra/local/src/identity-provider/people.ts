import type { Role } from '@gdtx/service-kit/tokens';

/** Somebody to sign in as on a local run: nobody in particular, one for each role. */
export interface DemoPerson {
  id: string;
  role: Role;
  /** The subtrees of units that they may write to. */
  units: readonly string[];
  name: { vi: string; en: string };
  /** Whose they are. */
  of: { vi: string; en: string };
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 'demo-inspector',
    role: 'inspector',
    units: ['vn'],
    name: { vi: 'Cán bộ Bộ (theo dõi, kiểm tra GDTX)', en: 'Ministry officer' },
    of: { vi: 'Cả nước', en: 'The whole country' },
  },
  {
    id: 'demo-province-officer',
    role: 'province-officer',
    units: ['province-14'],
    name: { vi: 'Chuyên viên Sở GDĐT', en: 'Provincial department officer' },
    of: { vi: 'Sơn La', en: 'Sơn La' },
  },
  {
    id: 'demo-registrar',
    role: 'registrar',
    units: ['vn'],
    name: { vi: 'Cán bộ quản lý danh mục đơn vị', en: 'Registrar' },
    of: { vi: 'Cả nước', en: 'The whole country' },
  },
  {
    id: 'demo-centre-publisher',
    role: 'centre-publisher',
    units: ['gdtx-son-la'],
    name: { vi: 'Cán bộ thống kê, báo cáo của trung tâm', en: 'Reporting officer of a centre' },
    of: { vi: 'Trung tâm GDTX tỉnh Sơn La', en: 'GDTX centre of Sơn La' },
  },
  {
    id: 'demo-commune-officer',
    role: 'commune-officer',
    units: ['commune-10546-2025'],
    name: { vi: 'Công chức Phòng Văn hóa - Xã hội xã, phường', en: 'Commune officer' },
    of: { vi: 'Phường Chí Linh', en: 'Chí Linh ward' },
  },
  {
    id: 'demo-operator',
    role: 'operator',
    units: [],
    name: { vi: 'Quản trị hệ thống', en: 'System operator' },
    of: { vi: 'Nền tảng này', en: 'This platform' },
  },
];
