import { firstDay, firstDayOfMonth, lastDay, lastDayOfMonth, type Day, type GivenDate } from '@gdtx/territory/days';

/** The first and the last day that a fact may speak of; '' is open. */
export interface SpokenTime {
  from: Day;
  to: Day;
}

type Data = Record<string, unknown>;
type Speaks = (data: Data) => SpokenTime | undefined;

const textOf = (data: Data, field: string): string => (data[field] as string | undefined) ?? '';
const given = (data: Data, field: string): SpokenTime | undefined => {
  const date = data[field] as GivenDate | undefined;
  return date && (date.on || date.notBefore || date.notAfter)
    ? { from: date.on ? firstDay(date) : date.notBefore, to: date.on ? lastDay(date) : date.notAfter }
    : undefined;
};

/** A field with a day, a date of any precision, a month, a year, a school year. */
const day =
  (field: string): Speaks =>
  (data) =>
    textOf(data, field) ? { from: textOf(data, field), to: textOf(data, field) } : undefined;
const date =
  (field: string): Speaks =>
  (data) =>
    given(data, field);
const month: Speaks = (data) => {
  const said = textOf(data, 'month');
  return { from: firstDayOfMonth(said), to: lastDayOfMonth(said) };
};
const year: Speaks = ({ year: said }) => ({ from: `${String(said)}-01-01`, to: `${String(said)}-12-31` });
const schoolYear: Speaks = (data) => {
  const start = textOf(data, 'schoolYear').slice(0, 4);
  return start ? { from: `${start}-09-01`, to: `${Number(start) + 1}-08-31` } : undefined;
};

/** From the first day of one field to the last of another; where the first isn't known, from ever on. */
const balance: Speaks = (data) => ({ from: given(data, 'from')?.from ?? '', to: given(data, 'to')?.to ?? '' });

/** An award inherited is older than who has it. */
const award: Speaks = (data) =>
  ((data['inheritedFrom'] as unknown[] | undefined)?.length ?? 0) > 0 ? undefined : given(data, 'date');

/** Reports, by service and name. Registry facts, and what is said of entries and months, need no living unit. */
const SPEAKS: Readonly<Record<string, Readonly<Record<string, Speaks>>>> = {
  programmes: {
    ProgrammeOffered: date('offeredFrom'),
    OfferReported: date('reportedOn'),
    ClassOpened: date('openedOn'),
    LearnersEnrolled: day('occurredOn'),
    LearnersLeft: day('occurredOn'),
    HeadcountReported: day('reportedOn'),
    ExamHeld: day('heldOn'),
    CertificatesIssued: day('issuedOn'),
    ClassCompleted: day('completedOn'),
    LearnersGraduated: (data) => day('occurredOn')(data) ?? schoolYear(data),
    EmploymentReported: day('reportedOn'),
    IntakePlanned: schoolYear,
    TotalsReported: month,
    OpeningBalanceDeclared: balance,
    PeriodClosed: month,
  },
  centres: {
    CampusesReported: date('reportedOn'),
    DepartmentsReported: date('reportedOn'),
    StaffingReported: date('reportedOn'),
    PartnershipsReported: date('reportedOn'),
    ContactReported: date('reportedOn'),
    SupportAssigned: date('reportedOn'),
    AwardReceived: award,
    RatingGiven: year,
    AccreditationTargetSet: year,
    AccreditationAwarded: date('awardedOn'),
    PeriodClosed: month,
  },
  'community-learning': {
    ManagementReported: date('reportedOn'),
    ManagerChanged: day('changedOn'),
    NeedsSurveyed: day('surveyedOn'),
    PlanAdopted: year,
    TopicHeld: day('heldOn'),
    LearningModelsCounted: year,
    CommuneRated: year,
    CommunityCentreRated: year,
    LiteracyCounted: year,
    FacilitiesReported: date('reportedOn'),
    BudgetReceived: day('receivedOn'),
    ContributionReceived: day('receivedOn'),
    PeriodClosed: month,
  },
};

/** The services whose reports need a unit that lives. Inspections are followed up when their addressees have ended. */
export const REPORTING_SERVICES: readonly string[] = Object.keys(SPEAKS);

const TYPE = /^vn\.gdtx\.([a-z-]+)\.([A-Za-z]+)\.v1$/;

/** Whether a type is one of a report that speaks of a time on which its unit has to live. */
export function isReport(type: string): boolean {
  return speaksOf(type) !== undefined;
}

/** The time that a report speaks of, as widely as its dates allow; undefined for one that names none, and for what is no report. */
export function spokenTime(type: string, data: unknown): SpokenTime | undefined {
  return speaksOf(type)?.(data as Data);
}

function speaksOf(type: string): Speaks | undefined {
  const [, service = '', name = ''] = TYPE.exec(type) ?? [];
  const of = SPEAKS[service];
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
