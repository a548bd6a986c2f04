import { ManagementReported, ManagerChanged } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { firstDay } from '@gdtx/territory/days';
import { changedPage, latest, reportKeys, type CommunityCentrePage } from '../page.js';
import { plain } from '@gdtx/contracts/plain';
import { centreReports, REPORTERS } from '../reporting.js';
import * as forms from './management-facts.js';

export const managementReported = defineFact<ManagementReported, typeof forms.managementReported>({
  name: 'ManagementReported',
  title: { vi: 'Báo cáo ban giám đốc TTHTCĐ', en: 'Management reported' },
  description:
    'How many manage a community learning centre on a day, and how many of them beside another post (kiêm nhiệm). Holds until the next report.',
  ledger: 'source',
  roles: REPORTERS,
  message: ManagementReported,
  schema: forms.managementReported,
  example: {
    source: 'tthtcd-pha-lai',
    data: { reportedOn: '2024-12-31', managers: 3, concurrent: 3, female: 1, secondedTeachers: 1 },
  },
  keys: reportKeys,
  decide: (fact, _states, context) =>
    firstRefusal(
      () => centreReports(fact, context, fact.data.reportedOn, 'data.reportedOn'),
      () => atMostAll(fact.data.concurrent, fact.data.managers, 'concurrent'),
      () => atMostAll(fact.data.female, fact.data.managers, 'female'),
    ),
  evolve: (fact, states) => {
    const { note: _note, source: _source, ...said } = fact.data;
    const report = { ...(plain(said) as object), day: firstDay(fact.data.reportedOn) };
    return changedPage(fact, states, ({ management }) => ({
      management: latest(management, report as NonNullable<CommunityCentrePage['management']>),
    }));
  },
});

export const managerChanged = defineFact<ManagerChanged, typeof forms.managerChanged>({
  name: 'ManagerChanged',
  title: { vi: 'Thay đổi giám đốc, phó giám đốc TTHTCĐ', en: 'Manager changed' },
  description: 'A post in the management of a community learning centre passed to someone else. Nobody is named.',
  ledger: 'source',
  roles: REPORTERS,
  message: ManagerChanged,
  schema: forms.managerChanged,
  example: { source: 'tthtcd-pha-lai', data: { changedOn: '2023-08-15', post: 'director' } },
  keys: reportKeys,
  decide: (fact, _states, context) => centreReports(fact, context, fact.data.changedOn, 'data.changedOn'),
  evolve: (fact, states) =>
    changedPage(fact, states, ({ managerChanges: known }) => {
      const { changedOn, post } = fact.data;
      const isLast = known.lastOn === undefined || known.lastOn <= changedOn;
      const last = isLast ? { lastOn: changedOn, lastPost: post } : {};
      return { managerChanges: { ...known, ...last, total: known.total + 1 } };
    }),
});

function atMostAll(part: number | undefined, managers: number, field: string): Refusal | undefined {
  if (part === undefined || part <= managers) return undefined;
  return refuse('more-than-managers', `\`${field}\` is ${part}, but there are ${managers} managers.`, `data.${field}`);
}
