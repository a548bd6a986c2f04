import { describe, expect, test } from '@jest/globals';
import type { TestFact } from '@gdtx/testing/given';
import { withCentre } from '../../test/world.js';
import type { CommunityCentrePage } from '../page.js';

const PAGE = 'community-centre:tthtcd-1';
const report = (data: object, source = 'tthtcd-1'): TestFact => ({
  name: 'ManagementReported',
  source,
  data: { reportedOn: '2024-12-31', managers: 3, ...data },
});
const change = (changedOn: string, post = 'director', source = 'tthtcd-1'): TestFact => ({
  name: 'ManagerChanged',
  source,
  data: { changedOn, post },
});

describe('management is reported', () => {
  test('in the centre’s ledger, and its page shows it', () => {
    const when = withCentre().when(report({ concurrent: 3, female: 0, note: 'Ghi chú' }));
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>(PAGE)!.management).toEqual({
      day: '2024-12-31',
      reportedOn: '2024-12-31',
      managers: 3,
      concurrent: 3,
      female: 0,
    });
  });

  test('for a date as coarse as its source gives it', () => {
    const when = withCentre().when(report({ reportedOn: { notBefore: '2023-01-01' } }));
    when.accepted();
    const { management } = when.state<CommunityCentrePage>(PAGE)!;
    expect(management).toMatchObject({ day: '2023-01-01', reportedOn: { notBefore: '2023-01-01' } });
  });

  test('and the page shows the report of the latest day, of one day the last one', () => {
    const managers = (...said: TestFact[]) => {
      const when = withCentre(said.slice(0, -1)).when(said.at(-1)!);
      when.accepted();
      return when.state<CommunityCentrePage>(PAGE)!.management!.managers;
    };
    expect(managers(report({ managers: 2 }), report({ managers: 5 }))).toBe(5);
    expect(managers(report({ managers: 2 }), report({ managers: 5, reportedOn: '2024-06-30' }))).toBe(2);
  });

  test.each([
    ['with more concurrent ones than managers', { concurrent: 4 }, 'more-than-managers', 'data.concurrent'],
    ['with more women than managers', { female: 4 }, 'more-than-managers', 'data.female'],
    ['tomorrow', { reportedOn: '2026-01-16' }, 'in-future', 'data.reportedOn'],
    ['before the centre was known', { reportedOn: '2022-04-01' }, 'unit-not-yet', 'source'],
    ['of less than nobody', { managers: -1 }, 'malformed', 'data.managers'],
    ['without a date', { reportedOn: undefined }, 'malformed', 'data.reportedOn'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(report(data)).refused()).toMatchObject({ slug, path });
  });

  test.each([
    ['a commune', 'commune-10546', 'wrong-kind'],
    ['another kind of centre', 'gdnn-gdtx-chi-linh', 'wrong-kind'],
    ['nobody', 'tthtcd-0', 'unit-unknown'],
  ])('not by %s', (_, source, slug) => {
    expect(withCentre().when(report({}, source)).refused()).toMatchObject({ slug, path: 'source' });
  });

  test('by the centre’s own people, its commune’s and its province’s, and by nobody else', () => {
    const by = (role: 'centre-publisher' | 'commune-officer' | 'province-officer', unit: string) =>
      withCentre([], { roles: [role], units: [unit] }).when(report({}));
    by('centre-publisher', 'tthtcd-1').accepted();
    by('commune-officer', 'commune-10546-2025').accepted();
    by('province-officer', 'province-31-2025').accepted();
    expect(by('centre-publisher', 'gdnn-gdtx-chi-linh').refused()).toMatchObject({ slug: 'not-allowed' });
    expect(by('province-officer', 'province-14').refused()).toMatchObject({ slug: 'not-allowed' });
    const inspector = withCentre([], { roles: ['inspector'] }).when(report({}));
    expect(inspector.refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});

describe('a manager changed', () => {
  test('and the page counts it and shows the last', () => {
    const when = withCentre([change('2024-05-01')]).when(change('2023-05-01', 'deputy-director'));
    expect(when.accepted()).toBe('tthtcd-1');
    const shown = when.state<CommunityCentrePage>(PAGE)!.managerChanges;
    expect(shown).toEqual({ total: 2, lastOn: '2024-05-01', lastPost: 'director' });
    const later = withCentre([change('2024-05-01')]).when(change('2024-05-01', 'deputy-director'));
    expect(later.state<CommunityCentrePage>(PAGE)!.managerChanges).toMatchObject({ lastPost: 'deputy-director' });
  });

  test.each([
    ['tomorrow', change('2026-01-16'), 'in-future', 'data.changedOn'],
    ['before the centre was known', change('2022-04-01'), 'unit-not-yet', 'source'],
    ['in a post that isn’t one', change('2024-05-01', 'accountant'), 'malformed', 'data.post'],
    ['on no day of the calendar', change('2023-02-29'), 'malformed', 'data.changedOn'],
    ['in a commune', change('2024-05-01', 'director', 'commune-10546'), 'wrong-kind', 'source'],
  ])('not %s', (_, fact, slug, path) => {
    expect(withCentre().when(fact).refused()).toMatchObject({ slug, path });
  });
});
