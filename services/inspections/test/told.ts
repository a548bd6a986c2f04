import type { TestFact } from '@gdtx/testing/given';

/** The ministry inspects two departments; it visits Chí Linh; the city of Đông Hà holds a working session. */

const says =
  (name: string, source: string, base: object) =>
  (data: object = {}, by = source): TestFact => ({ name, source: by, data: { ...base, ...data } });

export const MINISTRY = { body: 'Bộ GDĐT', of: 'vn' };
export const CITY = { body: 'UBND thành phố Đông Hà', of: 'district-461' };
export const OFFICE = { body: 'Phòng GDĐT Chí Linh', of: 'district-290' };
export const EVERY = { kind: 'community-centre', in: 'district-290' };

export const order = says('InspectionOrdered', 'vn', {
  inspection: 'kt-600',
  authority: MINISTRY,
  level: 'ministry',
  orderedOn: '2022-03-01',
  subjects: [{ body: { body: 'Sở GDĐT', of: 'province-27' } }, { body: { body: 'Sở GDĐT', of: 'province-30' } }],
});

export const visit = says('VisitMade', 'vn', {
  visit: 'chi-linh',
  inspection: 'kt-600',
  kind: 'inspection',
  occurredOn: '2022-04-02',
  units: ['gdnn-gdtx-chi-linh', 'tthtcd-pha-lai', 'tthtcd-sao-do'],
  place: 'district-290',
  participants: [OFFICE],
});

export const session = says('VisitMade', 'district-461', {
  visit: 'dong-ha',
  kind: 'working-session',
  occurredOn: '2024-03-12',
  authority: CITY,
  level: 'district',
  units: ['gdnn-gdtx-dong-ha'],
});

export const finding = says('FindingRecorded', 'vn', {
  finding: 'cl-1',
  visit: 'chi-linh',
  kind: 'limitation',
  text: 'Cán bộ quản lý TTHTCĐ kiêm nhiệm, hay thay đổi.',
});

export const recommend = says('RecommendationIssued', 'vn', {
  recommendation: 'cl-2',
  visit: 'chi-linh',
  number: 2,
  text: 'Kịp thời kiện toàn cán bộ quản lý TTHTCĐ.',
  addressees: [{ body: OFFICE }, { every: EVERY }],
  issuedOn: '2022-04-02',
});

/** Of Đông Hà, in the name of the city. */
export const ask = says('RecommendationIssued', 'district-461', {
  recommendation: 'dh-1',
  visit: 'dong-ha',
  number: 1,
  text: 'Xây dựng kế hoạch tuyển sinh lớp 10.',
  addressees: [{ unit: 'gdnn-gdtx-dong-ha' }],
  issuedOn: '2024-03-12',
});

export const progress = says('ProgressReported', 'commune-10546-2025', {
  recommendation: 'cl-2',
  reportedOn: '2026-01-10',
  text: 'Đã kiện toàn.',
  state: 'in-progress',
});

export const close = says('RecommendationClosed', 'vn', {
  recommendation: 'cl-2',
  closedOn: '2026-01-12',
  outcome: 'done',
});
