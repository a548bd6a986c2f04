import type { GivenDate } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact, FactRule } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, mayReport, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay } from '@gdtx/territory/days';
import {
  centreKeys,
  changed,
  later,
  legalAct,
  reportOf,
  withAct,
  type CentrePage,
  type Reports,
  type StaffPart,
} from '../centre-page.js';
import { happened } from '@gdtx/ledger/registry-rules';
import { each, onceEach, place } from '../checks.js';
import {
  campusesReported,
  contactReported,
  departmentsReported,
  partnershipsReported,
  staffingReported,
  supportAssigned,
} from './report-facts.js';

/** Decisions on levels: what is so from a day on, until the next report. The whole is said each time, so the latest day holds. */

const campuses = defineFact({
  ...campusesReported,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) =>
    firstRefusal(
      () => reportable(fact, context),
      () =>
        onceEach(
          fact.data.campuses.map((campus) => campus.number),
          'data.campuses',
        ),
      () =>
        each(fact.data.campuses, 'data.campuses', ({ unit }, path) =>
          unit ? place(context.registry, unit, firstDay(fact.data.reportedOn), `${path}.unit`) : undefined,
        ),
    ),
  evolve: (fact, states) => changed(states, fact.source, latest('campuses', fact)),
});

const departments = defineFact({
  ...departmentsReported,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) =>
    firstRefusal(
      () => reportable(fact, context),
      () =>
        onceEach(
          fact.data.departments.map((name) => name.toLowerCase()),
          'data.departments',
        ),
      () => each(fact.data.departments, 'data.departments', noBoard),
    ),
  evolve: (fact, states) =>
    changed(states, fact.source, (page) => ({
      ...latestDepartments(page, fact),
      ...(fact.data.legalBasis.length > 0
        ? withAct(page, legalAct(fact, 'DepartmentsReported', fact.data.reportedOn!))
        : {}),
    })),
});

const staffing = defineFact({
  ...staffingReported,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) =>
    firstRefusal(
      () => reportable(fact, context),
      () => partsFit(fact.data),
    ),
  evolve: (fact, states) => changed(states, fact.source, latest('staffing', fact)),
});

const partnerships = defineFact({
  ...partnershipsReported,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) =>
    firstRefusal(
      () => reportable(fact, context),
      () => onceEach(fact.data.institutions, 'data.institutions'),
      () => onceEach(fact.data.partners, 'data.partners'),
      () => {
        const { total, partners, precision } = fact.data;
        if (precision === 'about' || partners.length <= total) return undefined;
        return refuse(
          'more-than-total',
          `${partners.length} partners are named, but the total is ${total}.`,
          'data.partners',
        );
      },
    ),
  evolve(fact, states) {
    // The kind says which of the two it is; on the page it is the name of the field.
    const { kind, ...said } = fact.data;
    const report = reportOf<NonNullable<Reports['training']>>(said);
    return changed(states, fact.source, ({ reports }) =>
      kind === 'training'
        ? { reports: { ...reports, training: later(reports.training, report) } }
        : { reports: { ...reports, enterprise: later(reports.enterprise, report) } },
    );
  },
});

const contact = defineFact({
  ...contactReported,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) => reportable(fact, context),
  evolve: (fact, states) => changed(states, fact.source, latest('contact', fact)),
});

const support = defineFact({
  ...supportAssigned,
  keys: ({ source }) => centreKeys(source),
  decide: (fact, _states, context) =>
    firstRefusal(
      () => reportable(fact, context),
      () => onceEach(fact.data.communityCentres, 'data.communityCentres'),
      () =>
        each(fact.data.communityCentres, 'data.communityCentres', (unit, path) =>
          firstRefusal(
            () => unitOfKind(context.registry, unit, ['community-centre'], path),
            () => unitAlive(context.registry, unit, firstDay(fact.data.reportedOn), path),
          ),
        ),
    ),
  // A centre may look after none any more, which is something else than never having said so.
  evolve: ({ source, data }, states) =>
    changed(states, source, ({ reports }) => {
      const report = { ...reportOf<NonNullable<Reports['support']>>(data), communityCentres: data.communityCentres };
      return { reports: { ...reports, support: later(reports.support, report) } };
    }),
});

/** A centre reports on a day on which it lives and that has come. */
function reportable({ source, data }: Fact<{ reportedOn: GivenDate | undefined }>, { registry, today }: Context) {
  return firstRefusal(
    () => happened(data.reportedOn, today, 'data.reportedOn'),
    () => mayReport(registry, source, ['centre'], data.reportedOn, today, { unit: 'source', date: 'data.reportedOn' }),
  );
}

/** The page with a report, unless it has one of a later day. */
function latest(sort: 'campuses' | 'staffing' | 'contact', { data }: Fact<{ reportedOn: GivenDate | undefined }>) {
  return ({ reports }: CentrePage): Pick<CentrePage, 'reports'> => ({
    reports: { ...reports, [sort]: later(reports[sort], reportOf(data)) },
  });
}

type Departments = NonNullable<Reports['departments']>;

function latestDepartments(
  { reports }: CentrePage,
  { data }: Fact<{ reportedOn: GivenDate | undefined; departments: string[] }>,
) {
  const report: Departments = { ...reportOf<Departments>(data), departments: data.departments };
  return { reports: { ...reports, departments: later(reports.departments, report) } };
}

/** The board directs the departments and is none: it would be counted as one. */
function noBoard(name: string, path: string): Refusal | undefined {
  if (!/^ban giám đốc$/iu.test(name.trim().normalize('NFC'))) return undefined;
  return refuse('not-a-department', `\`${name}\` directs the departments and is none of them.`, path);
}

type Staff = { total: number } & { [Part in StaffPart]?: number | undefined };

const PARTS: readonly StaffPart[] = [
  'managers',
  'teachers',
  'qualifiedTeachers',
  'others',
  'female',
  'permanent',
  'contract',
  'seconded',
  'visiting',
];

/** No part exceeds the total; managers, teachers and others are different people; qualified teachers are teachers. */
function partsFit(staff: Staff): Refusal | undefined {
  const { total, managers = 0, teachers, qualifiedTeachers = 0, others = 0 } = staff;
  const over = PARTS.find((part) => (staff[part] ?? 0) > total);
  if (over) return moreThan(`${over} are ${staff[over]}`, total, `data.${over}`);
  const sum = managers + (teachers ?? 0) + others;
  if (sum > total) return moreThan(`managers, teachers and others are ${sum}`, total, 'data.total');
  if (teachers === undefined || qualifiedTeachers <= teachers) return undefined;
  const sentence = `qualifiedTeachers are ${qualifiedTeachers}, more than the ${teachers} teachers.`;
  return refuse('more-than-total', sentence, 'data.qualifiedTeachers');
}

function moreThan(what: string, total: number, path: string): Refusal {
  return refuse('more-than-total', `${what}, more than the total of ${total}.`, path);
}

export const reportRules: FactRule<never>[] = [campuses, departments, staffing, partnerships, contact, support];
