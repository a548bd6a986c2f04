import {
  AwardReceived,
  CampusesReported,
  ContactReported,
  DepartmentsReported,
  PartnershipsReported,
  StaffingReported,
  SupportAssigned,
} from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import {
  count,
  givenCount,
  givenDate,
  legalBasis,
  noteAndSource,
  precision,
  requiredText,
  text,
  unitId,
} from '@gdtx/ledger/forms';
import { z } from 'zod';

/** What the reports of a centre look like, and what is said of them. The decisions are in reports.ts and awards.ts. */

const report = { ledger: 'source', roles: ['centre-publisher', 'province-officer'] } as const;
const asCounted = { precision: precision.optional(), asGiven: text(100).optional() };
const part = count.optional();
const list = (item: z.ZodString, most: number) => z.array(item).max(most, `names more than ${most}`);

export const campusesReported = {
  ...report,
  name: 'CampusesReported',
  title: { vi: 'Báo cáo cơ sở', en: 'Campuses reported' },
  description: 'The places at which a centre works, all of them, from a day on.',
  message: CampusesReported,
  schema: z.strictObject({
    reportedOn: givenDate,
    campuses: z
      .array(
        z.strictObject({
          number: z.int('must be a whole number').min(1, 'must be 1 or more').max(1000, 'must be 1000 or less'),
          address: requiredText(300).optional(),
          unit: unitId.optional(),
        }),
      )
      .min(1, 'must name at least one campus')
      .max(200, 'names more than 200 campuses'),
    ...noteAndSource,
  }),
  example: {
    source: 'gdtx-thanh-hoa',
    data: {
      reportedOn: '2022-02-16',
      campuses: [
        { number: 1, address: '04 Nguyễn Tạo, P. Trường Thi', unit: 'commune-14764' },
        { number: 2, address: '50 Tống Duy Tân, P. Bắc Sơn', unit: 'commune-14833' },
      ],
    },
  },
} as const;

export const departmentsReported = {
  ...report,
  name: 'DepartmentsReported',
  title: { vi: 'Báo cáo cơ cấu phòng, tổ', en: 'Departments reported' },
  description:
    'The offices and teams of a centre, all of them, from a day on. The board (Ban Giám đốc) is none of them.',
  message: DepartmentsReported,
  schema: z.strictObject({
    reportedOn: givenDate,
    departments: list(requiredText(200), 100),
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'gdtx-son-la',
    data: {
      reportedOn: '2018-11-27',
      departments: ['Hành chính - Quản trị', 'Quản lý Đào tạo và Bồi dưỡng', 'Giáo dục thường xuyên và Dạy nghề'],
      legalBasis: [{ number: '877/QĐ-SGDĐT', issuedOn: '2018-11-27', issuer: 'Giám đốc Sở GDĐT tỉnh Sơn La' }],
    },
  },
} as const;

export const staffingReported = {
  ...report,
  name: 'StaffingReported',
  title: { vi: 'Báo cáo đội ngũ', en: 'Staffing reported' },
  description: 'How many managers, teachers and others work at a centre from a day on; a part that isn’t said isn’t 0.',
  message: StaffingReported,
  schema: z.strictObject({
    reportedOn: givenDate,
    total: count,
    managers: part,
    teachers: part,
    qualifiedTeachers: part,
    others: part,
    female: part,
    permanent: part,
    contract: part,
    seconded: part,
    visiting: part,
    ...asCounted,
    ...noteAndSource,
  }),
  example: {
    source: 'gdtx-thai-nguyen',
    data: { reportedOn: { notBefore: '2018-07-18', notAfter: '2022-11-25' }, total: 45 },
  },
} as const;

const INSTITUTIONS = [
  'university',
  'college',
  'intermediate',
  'institute',
  'academy',
  'school',
  'enterprise',
  'other',
] as const;

export const partnershipsReported = {
  ...report,
  name: 'PartnershipsReported',
  title: { vi: 'Báo cáo đơn vị liên kết', en: 'Partnerships reported' },
  description: 'With how many institutions a centre links in training, or with how many enterprises, from a day on.',
  message: PartnershipsReported,
  schema: z.strictObject({
    reportedOn: givenDate,
    kind: z.enum(['training', 'enterprise'], 'must be training or enterprise'),
    total: count,
    ...asCounted,
    institutions: z
      .array(z.enum(INSTITUTIONS, `must be one of ${INSTITUTIONS.join(', ')}`))
      .max(20, 'names more than 20')
      .optional(),
    partners: list(requiredText(200), 500).optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'gdtx-son-la',
    data: {
      reportedOn: { notBefore: '2018-11-27' },
      kind: 'training',
      total: 28,
      institutions: ['university', 'college', 'intermediate', 'institute', 'academy'],
    },
  },
} as const;

const AWARDS = ['labour-medal', 'emulation-flag', 'certificate-of-merit', 'commendation', 'title', 'other'] as const;
const LEVELS = ['state', 'government', 'ministry', 'province', 'district', 'other'] as const;

export const awardReceived = {
  ...report,
  name: 'AwardReceived',
  title: { vi: 'Được khen thưởng', en: 'Award received' },
  description: 'A centre received a medal, flag, certificate or title, or has it from its predecessors.',
  message: AwardReceived,
  schema: z.strictObject({
    award: requiredText(200),
    kind: z.enum(AWARDS, `must be one of ${AWARDS.join(', ')}`),
    class: z.int('must be 1, 2 or 3').min(1, 'must be 1, 2 or 3').max(3, 'must be 1, 2 or 3').optional(),
    conferredBy: requiredText(200).optional(),
    level: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).optional(),
    field: requiredText(200).optional(),
    date: givenDate.optional(),
    times: givenCount.refine((times) => times.value > 0, 'must be at least one').optional(),
    inheritedFrom: list(unitId, 100).optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'gdtx-son-la',
    data: {
      award: 'Huân chương Lao động hạng Ba',
      kind: 'labour-medal',
      class: 3,
      conferredBy: 'Nhà nước',
      level: 'state',
      date: { notAfter: '2018-09-25' },
      inheritedFrom: ['gdtx-son-la-truoc-2018', 'kthn-son-la'],
    },
  },
} as const;

export const contactReported = {
  ...report,
  name: 'ContactReported',
  title: { vi: 'Thông tin liên hệ', en: 'Contact reported' },
  description: 'How to reach a centre, the institution and no person, from a day on.',
  message: ContactReported,
  schema: z
    .strictObject({
      reportedOn: givenDate,
      address: requiredText(300).optional(),
      email: z.email('must be an e-mail address').max(200).optional(),
      phone: z
        .string()
        .regex(/^\+?\d[\d .()-]{4,28}$/, 'must be a telephone number, as text: a leading zero matters')
        .optional(),
      website: z.url('must be an address on the web').max(500).optional(),
      ...noteAndSource,
    })
    .refine(
      (contact) => [contact.address, contact.email, contact.phone, contact.website].some((way) => way !== undefined),
      'must say an address, email, phone or website',
    ),
  example: {
    source: 'gdtx-thai-nguyen',
    data: {
      reportedOn: { notBefore: '2018-07-18', notAfter: '2022-11-25' },
      address: 'Ngõ 185 đường Lương Ngọc Quyến, TP Thái Nguyên',
      email: 'ttgdtxtinh@thainguyen.edu.vn',
      phone: '02083854265',
    },
  },
} as const;

export const supportAssigned = {
  ...report,
  name: 'SupportAssigned',
  title: { vi: 'Phân công hỗ trợ TTHTCĐ', en: 'Support assigned' },
  description: 'The community learning centres that a centre’s teachers look after, all of them, from a day on.',
  message: SupportAssigned,
  schema: z.strictObject({ reportedOn: givenDate, communityCentres: list(unitId, 1000), ...noteAndSource }),
  example: {
    source: 'gdnn-gdtx-chi-linh',
    data: { reportedOn: '2022-04-02', communityCentres: ['tthtcd-sao-do', 'tthtcd-pha-lai'] },
  },
} as const;
