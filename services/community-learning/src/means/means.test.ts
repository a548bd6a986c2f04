import { describe, expect, test } from '@jest/globals';
import type { TestFact } from '@gdtx/testing/given';
import { withCentre } from '../../test/world.js';
import type { CommunityCentrePage } from '../page.js';

const PAGE = 'community-centre:tthtcd-1';
const says =
  (name: string, base: object) =>
  (data: object = {}, source = 'tthtcd-1'): TestFact => ({ name, source, data: { ...base, ...data } });

const facilities = says('FacilitiesReported', { reportedOn: '2024-12-31' });
const budget = says('BudgetReceived', { receivedOn: '2024-03-01', amount: 25_000_000, level: 'commune' });
const contribution = says('ContributionReceived', { receivedOn: '2024-05-19', giver: 'association' });

describe('facilities are reported', () => {
  test('and the page tells what was said, a no from a silence', () => {
    const said = { computers: 0, internet: false, sharedWith: ['house-of-culture', 'sports'] };
    const when = withCentre().when(facilities(said));
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>(PAGE)!.facilities).toEqual({
      day: '2024-12-31',
      reportedOn: '2024-12-31',
      ...said,
    });
  });

  test('and the page shows those of the latest day', () => {
    const history = [facilities({ computers: 9 })];
    const older = withCentre(history).when(facilities({ reportedOn: '2023-12-31', computers: 1 }));
    expect(older.state<CommunityCentrePage>(PAGE)!.facilities).toMatchObject({ computers: 9 });
  });

  test.each([
    ['without saying anything of them', {}, 'malformed', 'data'],
    ['as shared with one twice', { sharedWith: ['school', 'school'] }, 'malformed', 'data.sharedWith'],
    ['tomorrow', { reportedOn: '2026-01-16', computers: 1 }, 'in-future', 'data.reportedOn'],
    ['before the centre was known', { reportedOn: '2022-03', computers: 1 }, 'unit-not-yet', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(facilities(data)).refused()).toMatchObject({ slug, path });
  });
});

describe('budget is received', () => {
  test('and the page sums it up by year', () => {
    const when = withCentre([budget(), budget({ receivedOn: '2023-01-01', amount: 1 })]).when(budget());
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>(PAGE)!.budget).toEqual({ 2023: 1, 2024: 50_000_000 });
  });

  test.each([
    ['of nothing', { amount: 0 }, 'malformed', 'data.amount'],
    ['of a part of a đồng', { amount: 0.5 }, 'malformed', 'data.amount'],
    ['from a level that isn’t one', { level: 'world-bank' }, 'malformed', 'data.level'],
    ['tomorrow', { receivedOn: '2026-01-16' }, 'in-future', 'data.receivedOn'],
    ['before the centre was known', { receivedOn: '2022-04-01' }, 'unit-not-yet', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(budget(data)).refused()).toMatchObject({ slug, path });
  });

  test('not by a commune', () => {
    expect(withCentre().when(budget({}, 'commune-10546')).refused()).toMatchObject({ slug: 'wrong-kind' });
  });
});

describe('a contribution is received', () => {
  test('in money and in kind, and the page sums it up by year', () => {
    const books = contribution({ inKind: '200 đầu sách', inKindWorth: 9_000_000 });
    const when = withCentre([contribution({ amount: 3_000_000 })]).when(books);
    expect(when.accepted()).toBe('tthtcd-1');
    const sums = { times: 2, amount: 3_000_000, inKindWorth: 9_000_000 };
    expect(when.state<CommunityCentrePage>(PAGE)!.contributions).toEqual({ 2024: sums });
  });

  test.each([
    ['of nothing', {}, 'malformed', 'data'],
    ['of no money', { amount: 0 }, 'malformed', 'data.amount'],
    ['worth something unnamed', { amount: 1, inKindWorth: 1 }, 'malformed', 'data.inKindWorth'],
    ['by somebody', { amount: 1, giver: 'somebody' }, 'malformed', 'data.giver'],
    ['tomorrow', { amount: 1, receivedOn: '2026-01-16' }, 'in-future', 'data.receivedOn'],
    ['before the centre was known', { amount: 1, receivedOn: '2022-04-01' }, 'unit-not-yet', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(contribution(data)).refused()).toMatchObject({ slug, path });
  });
});
