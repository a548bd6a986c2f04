import {
  ConflictSettled,
  EntryWithdrawn,
  PeriodApproved,
  PeriodClosed,
  PeriodReopened,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { firstDayOfMonth, lastDayOfMonth, monthOf } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { z } from 'zod';
import { defineFact, type Fields } from './define-fact.js';
import { REGISTRY_LEDGER, type Fact, type FactRule } from './fact.js';
import * as form from './forms.js';
import { refuse, type Refusal } from './refusal.js';
import { firstRefusal, unitAlive, unitKnown } from './unit-rules.js';

/** The month of a publisher's reports, as its ledger holds it. */
interface Period {
  closed: boolean;
  /** Up to which seq the province has approved it; 0: not approved. */
  approvedUpTo: number;
}

const seq = z.int('must be the number of an entry').min(1, 'must be the number of an entry: 1, 2, 3 …');
const note = { note: form.text(2000).optional() };
const WRITERS = ['centre-publisher', 'commune-officer', 'province-officer', 'registrar', 'inspector'] as const;

/** What every service takes besides its own facts. A withdrawal is decided in withdrawal.ts: it needs the ledger itself. */
export const commonRules: FactRule<never>[] = [
  // `withdrawn` is filled by the ledger, so the form doesn't have it.
  defineFact<EntryWithdrawn, z.ZodType<Fields<EntryWithdrawn>>>({
    name: 'EntryWithdrawn',
    title: { vi: 'Rút lại mục ghi', en: 'Entry withdrawn' },
    description:
      'Takes an entry back, with a reason; with `correction`, a new fact takes its place in one transaction.',
    ledger: 'data.unit',
    roles: WRITERS,
    message: EntryWithdrawn,
    schema: z.strictObject({
      unit: form.unitId,
      seq,
      reason: form.requiredText(1000),
      correction: z
        .strictObject({ id: z.string().min(1).max(200), type: z.string().max(200), data: z.unknown() })
        .optional(),
      ...note,
    }),
    example: {
      source: 'gdtx-son-la',
      data: { unit: 'gdtx-son-la', seq: 12, reason: 'Nhập nhầm số học viên' },
    },
    keys: () => [],
    decide: () => refuse('not-withdrawable', 'This entry can’t be withdrawn.'),
    evolve: () => ({}),
  }),
  defineFact({
    name: 'PeriodClosed',
    title: { vi: 'Chốt số liệu kỳ báo cáo', en: 'Period closed' },
    description: 'All of a month has been said; with the publisher’s own control totals, or that there was nothing.',
    ledger: 'source',
    roles: ['centre-publisher', 'commune-officer', 'province-officer'],
    message: PeriodClosed,
    schema: z
      .strictObject({
        month: form.month,
        nothingToReport: z.boolean().optional(),
        controlTotals: z
          .array(
            z.strictObject({
              indicator: form.requiredText(80),
              category: form.text(200).optional(),
              value: z.number().min(0, 'must not be below zero'),
            }),
          )
          .max(200)
          .optional(),
        ...note,
      })
      .refine((p) => !(p.nothingToReport && p.controlTotals?.length), 'has control totals, so there was something'),
    example: {
      source: 'gdtx-son-la',
      data: { month: '2024-09', controlTotals: [{ indicator: 'learners-enrolled', value: 42 }] },
    },
    keys: (fact) => [periodKey(fact.source, fact.data.month)],
    decide: (fact, states, { today, registry }) =>
      firstRefusal(
        () => unitKnown(registry, fact.source, 'source'),
        () => monthHasCome(fact.data.month, today),
        () => livedIn(fact.source, fact.data.month, registry),
        () => {
          const period = states.get<Period>(periodKey(fact.source, fact.data.month));
          if (!period?.closed) return undefined;
          return refuse('closed-already', `${fact.data.month} is closed already: reopen it first.`, 'data.month');
        },
      ),
    evolve: (fact) => ({
      [periodKey(fact.source, fact.data.month)]: { closed: true, approvedUpTo: 0 } satisfies Period,
    }),
  }),
  defineFact({
    name: 'PeriodApproved',
    title: { vi: 'Duyệt số liệu', en: 'Period approved' },
    description: 'The province approves a unit’s month up to an entry; later entries are taken and flagged.',
    ledger: 'data.unit',
    roles: ['province-officer'],
    message: PeriodApproved,
    schema: z.strictObject({ unit: form.unitId, month: form.month, upToSeq: seq, ...note }),
    example: { source: 'province-14', data: { unit: 'gdtx-son-la', month: '2024-09', upToSeq: 17 } },
    keys: (fact) => [periodKey(fact.data.unit, fact.data.month)],
    decide: (fact, states, { registry, headOf, today }) =>
      firstRefusal(
        () => unitKnown(registry, fact.data.unit, 'data.unit'),
        () =>
          fact.source === fact.data.unit
            ? refuse('not-allowed', 'Nobody approves their own month.', 'source')
            : (isApprover(fact, registry) ?? isAbove(fact, registry, today)),
        () => {
          if (states.get<Period>(periodKey(fact.data.unit, fact.data.month))?.closed) return undefined;
          return refuse('not-closed', `${fact.data.unit} has not closed ${fact.data.month}.`, 'data.month');
        },
        () => {
          const head = headOf(fact.data.unit);
          if (fact.data.upToSeq <= head) return undefined;
          return refuse('entry-unknown', `The ledger ends with entry ${head}.`, 'data.upToSeq');
        },
      ),
    evolve: (fact) => ({
      [periodKey(fact.data.unit, fact.data.month)]: { closed: true, approvedUpTo: fact.data.upToSeq } satisfies Period,
    }),
  }),
  defineFact({
    name: 'PeriodReopened',
    title: { vi: 'Mở lại kỳ báo cáo', en: 'Period reopened' },
    description: 'A closed month is open again.',
    ledger: 'data.unit',
    roles: ['province-officer', 'centre-publisher', 'commune-officer'],
    message: PeriodReopened,
    schema: z.strictObject({ unit: form.unitId, month: form.month, reason: form.requiredText(1000), ...note }),
    example: { source: 'province-14', data: { unit: 'gdtx-son-la', month: '2024-09', reason: 'Thiếu một lớp' } },
    keys: (fact) => [periodKey(fact.data.unit, fact.data.month)],
    decide: (fact, states, { registry, today }) =>
      firstRefusal(
        () => unitKnown(registry, fact.data.unit, 'data.unit'),
        () => (fact.source === fact.data.unit ? undefined : isAbove(fact, registry, today)),
        () => {
          const period = states.get<Period>(periodKey(fact.data.unit, fact.data.month));
          if (!period?.closed) return refuse('not-closed', `${fact.data.month} isn’t closed.`, 'data.month');
          if (period.approvedUpTo === 0 || fact.source !== fact.data.unit) return undefined;
          return refuse('not-allowed', 'An approved month is reopened by who approves months.', 'source');
        },
      ),
    evolve: (fact) => ({
      [periodKey(fact.data.unit, fact.data.month)]: { closed: false, approvedUpTo: 0 } satisfies Period,
    }),
  }),
  defineFact({
    name: 'ConflictSettled',
    title: { vi: 'Xử lý mâu thuẫn số liệu', en: 'Conflict settled' },
    description:
      'An entry that the registry has come to contradict (its unit had ended by then, or wasn’t there yet) was looked at and stands. One that is wrong is withdrawn instead.',
    ledger: 'data.unit',
    roles: ['province-officer', 'registrar'],
    message: ConflictSettled,
    schema: z.strictObject({ unit: form.unitId, seq, reason: form.requiredText(1000), ...note }),
    example: {
      source: 'province-14',
      data: { unit: 'gdtx-son-la', seq: 12, reason: 'Lớp do trung tâm mới tiếp nhận và dạy tiếp' },
    },
    keys: (fact) => [conflictKey(fact.data)],
    decide: (fact, states, { registry, headOf, today }) =>
      firstRefusal(
        () => unitKnown(registry, fact.data.unit, 'data.unit'),
        () =>
          fact.source === fact.data.unit && fact.source !== REGISTRY_LEDGER
            ? refuse('not-allowed', 'Nobody settles what their own ledger contradicts.', 'source')
            : isAbove(fact, registry, today),
        () => {
          const head = headOf(fact.data.unit);
          if (fact.data.seq <= head) return undefined;
          return refuse('entry-unknown', `The ledger ends with entry ${head}.`, 'data.seq');
        },
        () => {
          const by = states.get<Settled>(conflictKey(fact.data));
          if (!by) return undefined;
          return refuse('settled-already', `\`${by.by}\` has settled entry ${fact.data.seq} already.`, 'data.seq');
        },
      ),
    evolve: (fact) => ({ [conflictKey(fact.data)]: { by: fact.source } satisfies Settled }),
  }),
];

/** Who has settled what contradicts an entry. */
interface Settled {
  by: string;
}

function conflictKey({ unit, seq: entry }: { unit: string; seq: number }): string {
  return `conflict:${unit}/${entry}`;
}

function periodKey(unit: string, month: string): string {
  return `period:${unit}/${month}`;
}

/** Months are approved by the province, or the ministry in its place: a commune or a district that a unit lies in doesn't. */
function isApprover({ source }: Fact<{ unit: string }>, registry: Registry): Refusal | undefined {
  const kind = registry.unit(source)?.kind;
  if (kind === 'province' || kind === 'country') return undefined;
  return refuse('not-allowed', `Months are approved by a province or the ministry, not by \`${source}\`.`, 'source');
}

/** It is said in the name of a unit that the other one lies in: its province, or the ministry. */
function isAbove(fact: Fact<{ unit: string }>, registry: Registry, today: string): Refusal | undefined {
  const { source, data } = fact;
  if (isWithin(registry, data.unit, [source], today)) return undefined;
  return refuse('not-allowed', `\`${data.unit}\` doesn't lie in \`${source}\`.`, 'source');
}

/** A month in which the unit lived for a day at least. */
function livedIn(unit: string, month: string, registry: Registry): Refusal | undefined {
  const { from, to } = registry.unit(unit)!.life;
  const lived = (from === null || from <= lastDayOfMonth(month)) && (to === null || to > firstDayOfMonth(month));
  return lived ? undefined : unitAlive(registry, unit, lastDayOfMonth(month), 'source');
}

function monthHasCome(month: string, today: string): Refusal | undefined {
  if (month <= monthOf(today)) return undefined;
  return refuse('in-future', `${month} has not come yet.`, 'data.month');
}
