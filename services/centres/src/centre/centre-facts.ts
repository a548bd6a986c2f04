import {
  AuthorityChanged,
  CentreDissolved,
  CentreEstablished,
  CentreKindChanged,
  CentreMoved,
  CentreRenamed,
  CentresReorganised,
  OperationResumed,
  OperationSuspended,
} from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { body, day, givenDate, legalBasis, name, noteAndSource, requiredText, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';

/** What the registry facts on centres look like, and what is said of them. The decisions are in centre.ts and reorganisation.ts. */

export const KINDS = ['gdtx', 'gdnn-gdtx', 'kthn', 'boiduong', 'taichuc', 'trung-hoc-nghe', 'other'] as const;
const kind = z.enum(KINDS, `must be one of ${KINDS.join(', ')}`);
const address = requiredText(300);
/** Made up to try the software on: it is marked wherever it shows, for ever. */
const simulated = z.boolean('must be true or false').optional();

const registry = { ledger: 'vn', roles: ['registrar'] } as const;
const act = { legalBasis: legalBasis.optional(), ...noteAndSource };

export const centreEstablished = {
  ...registry,
  name: 'CentreEstablished',
  title: { vi: 'Thành lập trung tâm', en: 'Centre established' },
  description: 'A centre was founded on a day, or is known to exist since one.',
  message: CentreEstablished,
  schema: z
    .strictObject({
      centre: unitId,
      kind,
      name,
      seat: unitId,
      address: address.optional(),
      authority: body.optional(),
      establishedOn: givenDate.optional(),
      knownSince: day.optional(),
      formedFrom: z
        .array(
          z
            .strictObject({
              unit: unitId.optional(),
              name: requiredText(200).optional(),
              kind: requiredText(40).optional(),
            })
            .refine(
              (origin) => origin.unit !== undefined || origin.name !== undefined,
              'must name a unit, or have a name',
            ),
        )
        .max(20, 'names more than 20 origins')
        .optional(),
      simulated,
      ...act,
    })
    .refine((centre) => (centre.establishedOn === undefined) !== (centre.knownSince === undefined), {
      message: 'or `knownSince` must be said, and not both',
      path: ['establishedOn'],
    }),
  example: {
    source: 'vn',
    data: {
      centre: 'gdtx-thai-nguyen',
      kind: 'taichuc',
      name: { vi: 'Trung tâm Đào tạo - Bồi dưỡng tại chức tỉnh Bắc Thái' },
      seat: 'district-164',
      address: 'Ngõ 185 đường Lương Ngọc Quyến',
      authority: { body: 'Sở GDĐT', of: 'province-19' },
      establishedOn: '1992-11-25',
      formedFrom: [{ name: 'Trường Cán bộ quản lý giáo dục', kind: 'school' }],
      legalBasis: [{ number: '191/QĐ-UB', issuer: 'UBND tỉnh Bắc Thái' }],
    },
  },
} as const;

export const centreRenamed = {
  ...registry,
  name: 'CentreRenamed',
  title: { vi: 'Đổi tên trung tâm', en: 'Centre renamed' },
  description: 'A centre has another name from a day on, and another kind where the name says so.',
  message: CentreRenamed,
  schema: z.strictObject({ centre: unitId, name, kind: kind.optional(), effectiveOn: givenDate, ...act }),
  example: {
    source: 'vn',
    data: {
      centre: 'gdtx-thai-nguyen',
      name: { vi: 'Trung tâm Giáo dục thường xuyên tỉnh Bắc Thái' },
      kind: 'gdtx',
      effectiveOn: '1994-09-14',
      legalBasis: [{ number: '90/QĐ-UB', issuedOn: '1994-09-14', issuer: 'UBND tỉnh Bắc Thái' }],
    },
  },
} as const;

export const centreKindChanged = {
  ...registry,
  name: 'CentreKindChanged',
  title: { vi: 'Chuyển đổi loại hình', en: 'Kind changed' },
  description:
    'A centre is of another kind from a day on: in-service training to GDTX, GDTX to GDNN-GDTX, to trung học nghề.',
  message: CentreKindChanged,
  schema: z.strictObject({ centre: unitId, kind, name: name.optional(), effectiveOn: givenDate, ...act }),
  example: {
    source: 'vn',
    data: {
      centre: 'gdnn-gdtx-chi-linh',
      kind: 'gdnn-gdtx',
      name: { vi: 'Trung tâm GDNN - GDTX thị xã Chí Linh' },
      effectiveOn: '2016',
    },
  },
} as const;

export const authorityChanged = {
  ...registry,
  name: 'AuthorityChanged',
  title: { vi: 'Chuyển cơ quan quản lý', en: 'Authority changed' },
  description: 'Another body manages a centre from a day on.',
  message: AuthorityChanged,
  schema: z.strictObject({ centre: unitId, authority: body, effectiveOn: givenDate, ...act }),
  example: {
    source: 'vn',
    data: {
      centre: 'gdnn-gdtx-dong-ha',
      authority: { body: 'Sở GDĐT', of: 'province-44-2025' },
      effectiveOn: '2025-07-01',
      legalBasis: [{ number: '142/2025/NĐ-CP', issuedOn: '2025-06-12', issuer: 'Chính phủ' }],
    },
  },
} as const;

export const centreMoved = {
  ...registry,
  name: 'CentreMoved',
  title: { vi: 'Chuyển địa điểm', en: 'Centre moved' },
  description: 'A centre’s seat or address is another one from a day on; who manages it is another fact.',
  message: CentreMoved,
  schema: z
    .strictObject({
      centre: unitId,
      seat: unitId.optional(),
      address: address.optional(),
      effectiveOn: givenDate,
      ...act,
    })
    .refine((move) => move.seat !== undefined || move.address !== undefined, 'must say a new seat or address'),
  example: {
    source: 'vn',
    data: {
      centre: 'gdtx-son-la',
      seat: 'commune-03646',
      address: 'Đường Tô Hiệu',
      effectiveOn: '2020-08',
    },
  },
} as const;

const FORMS = ['consolidation', 'absorption', 'division', 'separation'] as const;

export const centresReorganised = {
  ...registry,
  name: 'CentresReorganised',
  title: { vi: 'Sáp nhập, hợp nhất, chia, tách trung tâm', en: 'Centres reorganised' },
  description:
    'Centres become others on a day: consolidation (hợp nhất) into a new one, absorption (sáp nhập) by one that lives on, division (chia) into new ones, separation (tách) from one that lives on.',
  message: CentresReorganised,
  schema: z.strictObject({
    form: z.enum(FORMS, `must be one of ${FORMS.join(', ')}`),
    sources: z.array(unitId).min(1, 'must name at least one centre').max(500, 'names more than 500 centres'),
    targets: z
      .array(
        z.strictObject({
          centre: unitId,
          default: z.boolean().optional(),
          established: z
            .strictObject({
              kind,
              name,
              seat: unitId,
              address: address.optional(),
              authority: body.optional(),
              simulated,
            })
            .optional(),
        }),
      )
      .min(1, 'must name at least one centre')
      .max(500, 'names more than 500 centres'),
    effectiveOn: givenDate,
    ...act,
  }),
  example: {
    source: 'vn',
    data: {
      form: 'consolidation',
      sources: ['gdtx-son-la-truoc-2018', 'kthn-son-la'],
      targets: [
        {
          centre: 'gdtx-son-la',
          established: {
            kind: 'gdtx',
            name: { vi: 'Trung tâm Giáo dục thường xuyên tỉnh Sơn La' },
            seat: 'province-14',
            authority: { body: 'Sở GDĐT', of: 'province-14' },
          },
        },
      ],
      effectiveOn: '2018-09-25',
      legalBasis: [{ number: '2343/QĐ-UBND', issuedOn: '2018-09-25', issuer: 'UBND tỉnh Sơn La' }],
    },
  },
} as const;

export const operationSuspended = {
  ...registry,
  name: 'OperationSuspended',
  title: { vi: 'Đình chỉ hoạt động', en: 'Operation suspended' },
  description: 'A centre doesn’t work from a day on, until another where that is known; it goes on existing.',
  message: OperationSuspended,
  schema: z.strictObject({ centre: unitId, from: givenDate, until: day.optional(), ...act }),
  example: {
    source: 'vn',
    data: { centre: 'gdnn-gdtx-dong-ha', from: '2021-05-10', until: '2021-09-06' },
  },
} as const;

export const operationResumed = {
  ...registry,
  name: 'OperationResumed',
  title: { vi: 'Hoạt động trở lại', en: 'Operation resumed' },
  description:
    'A suspended centre works again from a day on, earlier than its suspension said or where that didn’t say until when.',
  message: OperationResumed,
  schema: z.strictObject({ centre: unitId, effectiveOn: givenDate, ...act }),
  example: {
    source: 'vn',
    data: { centre: 'gdnn-gdtx-dong-ha', effectiveOn: '2021-09-06' },
  },
} as const;

export const centreDissolved = {
  ...registry,
  name: 'CentreDissolved',
  title: { vi: 'Giải thể trung tâm', en: 'Centre dissolved' },
  description: 'A centre no longer exists from a day on and nothing takes its place.',
  message: CentreDissolved,
  schema: z.strictObject({ centre: unitId, effectiveOn: givenDate, ...act }),
  example: {
    source: 'vn',
    data: { centre: 'kthn-son-la', effectiveOn: '2018-09-25' },
  },
} as const;
