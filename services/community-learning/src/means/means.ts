import {
  BudgetReceived,
  ContributionReceived,
  FacilitiesReported,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import { firstDay } from '@gdtx/territory/days';
import { changedPage, latest, reportKeys, type CommunityCentrePage } from '../page.js';
import { plain } from '@gdtx/contracts/plain';
import { centreReports, REPORTERS } from '../reporting.js';
import * as forms from './means-facts.js';

export const facilitiesReported = defineFact<FacilitiesReported, typeof forms.facilitiesReported>({
  name: 'FacilitiesReported',
  title: { vi: 'Báo cáo cơ sở vật chất', en: 'Facilities reported' },
  description:
    'What a community learning centre has on a day: computers, Internet, learning materials, a bookcase, a house of its own, and with whom it shares one. What isn’t said isn’t known. Holds until the next report.',
  ledger: 'source',
  roles: REPORTERS,
  message: FacilitiesReported,
  schema: forms.facilitiesReported,
  example: {
    source: 'tthtcd-pha-lai',
    data: { reportedOn: '2024-12-31', computers: 6, internet: true, bookcase: true, sharedWith: ['house-of-culture'] },
  },
  keys: reportKeys,
  decide: (fact, _states, context) => centreReports(fact, context, fact.data.reportedOn, 'data.reportedOn'),
  evolve: (fact, states) => {
    const { note: _note, source: _source, ...said } = fact.data;
    const report = { ...(plain(said) as object), day: firstDay(fact.data.reportedOn) };
    return changedPage(fact, states, ({ facilities }) => ({
      facilities: latest(facilities, report as NonNullable<CommunityCentrePage['facilities']>),
    }));
  },
});

export const budgetReceived = defineFact<BudgetReceived, typeof forms.budgetReceived>({
  name: 'BudgetReceived',
  title: { vi: 'Kinh phí nhà nước cấp cho TTHTCĐ', en: 'Budget received' },
  description: 'Money from a state budget (ngân sách), in đồng, and from which level of it.',
  ledger: 'source',
  roles: REPORTERS,
  message: BudgetReceived,
  schema: forms.budgetReceived,
  example: { source: 'tthtcd-pha-lai', data: { receivedOn: '2024-03-01', amount: 25_000_000, level: 'commune' } },
  keys: reportKeys,
  decide: (fact, _states, context) => centreReports(fact, context, fact.data.receivedOn, 'data.receivedOn'),
  evolve: (fact, states) => {
    const year = fact.data.receivedOn.slice(0, 4);
    return changedPage(fact, states, ({ budget }) => ({
      budget: { ...budget, [year]: (budget[year] ?? 0) + fact.data.amount },
    }));
  },
});

export const contributionReceived = defineFact<ContributionReceived, typeof forms.contributionReceived>({
  name: 'ContributionReceived',
  title: { vi: 'Huy động xã hội hóa', en: 'Contribution received' },
  description:
    'What society gave to a community learning centre: money in đồng, things with their estimated worth, or both. Givers are counted by kind and never named.',
  ledger: 'source',
  roles: REPORTERS,
  message: ContributionReceived,
  schema: forms.contributionReceived,
  example: {
    source: 'tthtcd-pha-lai',
    data: {
      receivedOn: '2024-05-19',
      amount: 3_000_000,
      inKind: '200 đầu sách',
      inKindWorth: 9_000_000,
      giver: 'association',
    },
  },
  keys: reportKeys,
  decide: (fact, _states, context) => centreReports(fact, context, fact.data.receivedOn, 'data.receivedOn'),
  evolve: (fact, states) => {
    const { receivedOn, amount = 0, inKindWorth = 0 } = fact.data;
    const year = receivedOn.slice(0, 4);
    return changedPage(fact, states, ({ contributions }) => {
      const sums = contributions[year] ?? { times: 0, amount: 0, inKindWorth: 0 };
      const added = {
        times: sums.times + 1,
        amount: sums.amount + amount,
        inKindWorth: sums.inKindWorth + inKindWorth,
      };
      return { contributions: { ...contributions, [year]: added } };
    });
  },
});
