import {
  UnitAbolished,
  UnitEstablished,
  UnitMoved,
  UnitRenamed,
  UnitsReorganised,
} from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { givenDate, legalBasis, name, noteAndSource, requiredText, unitId } from '@gdtx/ledger/forms';
import { z } from 'zod';

/** What the facts on territory look like, and what is said of them. The decisions are in units.ts and reorganisation.ts. */

const kind = z.enum(['country', 'province', 'district', 'commune'], 'must be country, province, district or commune');

const officialCode = z
  .string()
  .regex(/^\d{1,10}$/, 'must be an official code: digits, written as text because a leading zero matters');

/** A generous frame around Viet Nam with its islands: latitude and longitude that were swapped fall out of it. */
const location = z.strictObject({
  lat: z.number().min(5, 'lies south of Viet Nam').max(25, 'lies north of Viet Nam'),
  lon: z.number().min(100, 'lies west of Viet Nam').max(120, 'lies east of Viet Nam'),
});

/** Tỉnh, Thành phố, Quận, Huyện, Thị xã, Phường, Xã, Thị trấn, Đặc khu; other words in older times. */
const type = requiredText(60);

const description = {
  unit: unitId,
  kind,
  officialCode: officialCode.optional(),
  name,
  type: type.optional(),
  parent: unitId.optional(),
  location: location.optional(),
};

interface Described {
  unit: string;
  kind: z.infer<typeof kind>;
  parent?: string | undefined;
}

/** The country is `vn` and lies in nothing; everything else lies in something. */
function placed(unit: Described, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (unit.kind === 'country' && unit.unit !== 'vn') issue('unit', 'must be `vn`, the one country');
  if (unit.kind === 'country' && unit.parent !== undefined)
    issue('parent', 'must be left out: a country lies in no unit');
  if (unit.kind !== 'country' && unit.parent === undefined)
    issue('parent', `is missing: a ${unit.kind} lies in a unit`);
}

const registrar = { ledger: 'vn', roles: ['registrar'] } as const;

export const unitEstablished = {
  ...registrar,
  name: 'UnitEstablished',
  title: { vi: 'Thành lập đơn vị hành chính', en: 'Unit established' },
  description: 'A unit of territory exists from a day on, or is known to exist by a day.',
  message: UnitEstablished,
  schema: z
    .strictObject({ ...description, effectiveOn: givenDate, legalBasis: legalBasis.optional(), ...noteAndSource })
    .superRefine(placed),
  example: {
    source: 'vn',
    data: {
      unit: 'province-14',
      kind: 'province',
      officialCode: '14',
      name: { vi: 'Sơn La', en: 'Son La' },
      type: 'Tỉnh',
      parent: 'vn',
      location: { lat: 21.3269, lon: 103.9143 },
      effectiveOn: { notAfter: '2024-01-01' },
    },
  },
} as const;

export const unitRenamed = {
  ...registrar,
  name: 'UnitRenamed',
  title: { vi: 'Đổi tên đơn vị hành chính', en: 'Unit renamed' },
  description: 'A unit has another name, another type (thị xã, thành phố …) or another official code from a day on.',
  message: UnitRenamed,
  schema: z
    .strictObject({
      unit: unitId,
      name: name.optional(),
      type: type.optional(),
      officialCode: officialCode.optional(),
      effectiveOn: givenDate,
      legalBasis: legalBasis.optional(),
      ...noteAndSource,
    })
    .refine(
      (renamed) => renamed.name !== undefined || renamed.type !== undefined || renamed.officialCode !== undefined,
      'must say a new name, type or officialCode',
    ),
  example: {
    source: 'vn',
    data: {
      unit: 'district-290',
      name: { vi: 'Chí Linh' },
      type: 'Thành phố',
      effectiveOn: '2019-03-01',
      legalBasis: [{ number: '623/NQ-UBTVQH14', issuedOn: '2019-01-10', issuer: 'Ủy ban Thường vụ Quốc hội' }],
    },
  },
} as const;

export const unitMoved = {
  ...registrar,
  name: 'UnitMoved',
  title: { vi: 'Chuyển đơn vị cấp trên', en: 'Unit moved' },
  description: 'A whole unit lies in another unit from a day on.',
  message: UnitMoved,
  schema: z.strictObject({
    unit: unitId,
    parent: unitId,
    effectiveOn: givenDate,
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'vn',
    data: {
      unit: 'district-276',
      parent: 'province-01',
      effectiveOn: '2008-08-01',
      legalBasis: [{ number: '15/2008/NQ-QH12', issuedOn: '2008-05-29', issuer: 'Quốc hội' }],
    },
  },
} as const;

const part = z.strictObject({
  from: unitId,
  to: unitId,
  extent: z.enum(['whole', 'part'], 'must be whole or part'),
  default: z.boolean().optional(),
});

export const unitsReorganised = {
  ...registrar,
  name: 'UnitsReorganised',
  title: { vi: 'Sắp xếp, nhập, chia, tách đơn vị hành chính', en: 'Units reorganised' },
  description:
    'Units go over into others on a day: any merger, split or change of many into many, with the units that begin by it and those that come to lie elsewhere.',
  message: UnitsReorganised,
  schema: z.strictObject({
    effectiveOn: givenDate,
    established: z
      .array(z.strictObject(description).superRefine(placed))
      .max(2000, 'names more than 2000 units')
      .optional(),
    parts: z.array(part).min(1, 'must name at least one part').max(5000, 'names more than 5000 parts'),
    moved: z
      .array(z.strictObject({ unit: unitId, parent: unitId }))
      .max(5000, 'names more than 5000 units')
      .optional(),
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'vn',
    data: {
      effectiveOn: '2025-07-01',
      established: [
        {
          unit: 'province-19-2025',
          kind: 'province',
          officialCode: '19',
          name: { vi: 'Thái Nguyên', en: 'Thai Nguyen' },
          type: 'Tỉnh',
          parent: 'vn',
        },
      ],
      parts: [
        { from: 'province-06', to: 'province-19-2025', extent: 'whole' },
        { from: 'province-19', to: 'province-19-2025', extent: 'whole' },
      ],
      legalBasis: [{ number: '202/2025/QH15', issuedOn: '2025-06-12', issuer: 'Quốc hội' }],
    },
  },
} as const;

export const unitAbolished = {
  ...registrar,
  name: 'UnitAbolished',
  title: { vi: 'Giải thể; kết thúc hoạt động', en: 'Unit abolished' },
  description: 'A unit no longer exists from a day on and nothing takes its place.',
  message: UnitAbolished,
  schema: z.strictObject({
    unit: unitId,
    effectiveOn: givenDate,
    legalBasis: legalBasis.optional(),
    ...noteAndSource,
  }),
  example: {
    source: 'vn',
    data: {
      unit: 'district-498',
      effectiveOn: '2025-07-01',
      legalBasis: [{ number: '72/2025/QH15', issuedOn: '2025-06-16', issuer: 'Quốc hội' }],
    },
  },
} as const;
