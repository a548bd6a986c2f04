import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { territory, world } from '../test/world.js';
import { commonRules } from './common-rules.js';

const registry = world();
const told = (...history: TestFact[]) => given({ service: 'programmes', rules: commonRules, registry }, history);
const close = (month = '2024-09', source = 'gdtx-a', more: object = {}): TestFact => ({
  name: 'PeriodClosed',
  source,
  data: { month, ...more },
});
const approve = (source = 'province-14', upToSeq = 1, month = '2024-09'): TestFact => ({
  name: 'PeriodApproved',
  source,
  data: { unit: 'gdtx-a', month, upToSeq },
});
const reopen = (source: string, month = '2024-09'): TestFact => ({
  name: 'PeriodReopened',
  source,
  data: { unit: 'gdtx-a', month, reason: 'Thiếu một lớp' },
});
const key = 'period:gdtx-a/2024-09';

describe('PeriodClosed', () => {
  test('goes into the ledger of the unit that says so', () => {
    const outcome = told().when(close('2024-09', 'gdtx-a', { nothingToReport: true }));
    expect(outcome.accepted()).toBe('gdtx-a');
    expect(outcome.state(key)).toEqual({ closed: true, approvedUpTo: 0 });
  });

  test('takes control totals, but not where there was nothing', () => {
    const controlTotals = [{ indicator: 'learners-enrolled', category: 'literacy', value: 42.5 }];
    told()
      .when(close('2024-09', 'gdtx-a', { controlTotals }))
      .accepted();
    const both = close('2024-09', 'gdtx-a', { controlTotals, nothingToReport: true });
    expect(told().when(both).refused()).toMatchObject({ slug: 'malformed', path: 'data' });
    const negative = close('2024-09', 'gdtx-a', { controlTotals: [{ indicator: 'x', value: -1 }] });
    expect(told().when(negative).refused().path).toBe('data.controlTotals.0.value');
  });

  test('is said once of a month that has come, by a unit that is known', () => {
    expect(told(close()).when(close()).refused().slug).toBe('closed-already');
    told(close()).when(close('2024-10')).accepted();
    expect(told().when(close('2026-02')).refused()).toMatchObject({ slug: 'in-future', path: 'data.month' });
    told().when(close('2026-01')).accepted();
    expect(told().when(close('2024-13')).refused().slug).toBe('malformed');
    expect(told().when(close('2024-09', 'gdtx-nowhere')).refused()).toMatchObject({ slug: 'unit-unknown' });
  });

  test('is said of a month in which the unit lived', () => {
    const not = (month: string, source: string) => told().when(close(month, source)).refused();
    expect(not('1999-12', 'gdtx-a')).toMatchObject({ slug: 'unit-not-yet', path: 'source' });
    expect(not('2018-10', 'gdtx-old')).toMatchObject({ slug: 'unit-ended', path: 'source' });
    for (const month of ['2000-01', '2018-09']) told().when(close(month, 'gdtx-old')).accepted();
  });
});

describe('PeriodApproved', () => {
  test('is said by who is above, up to an entry, and again for later ones', () => {
    const outcome = told(close()).when(approve());
    expect(outcome.accepted()).toBe('gdtx-a');
    expect(outcome.state(key)).toEqual({ closed: true, approvedUpTo: 1 });
    told(close(), approve()).when(approve('vn', 2)).accepted();
  });

  test('is said by nobody of themselves, nor of a neighbour', () => {
    const by = (source: string) => told(close()).when(approve(source)).refused();
    expect(by('gdtx-a')).toMatchObject({ slug: 'not-allowed', message: 'Nobody approves their own month.' });
    expect(by('gdtx-b')).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('province-15')).toMatchObject({ slug: 'not-allowed', path: 'source' });
  });

  test('is said by a province or the ministry, not by the district or commune that a unit lies in', () => {
    const district = territory()
      .provinces('UnitEstablished', {
        ...{ unit: 'district-116', kind: 'district', parent: 'province-14', name: 'd', effectiveOn: '1990-01-01' },
      })
      .centres('CentreEstablished', {
        ...{ centre: 'gdtx-a', kind: 'gdtx', name: 'a', seat: 'district-116', establishedOn: '2000-01-01' },
      })
      .registry();
    const told = given({ service: 'programmes', rules: commonRules, registry: district }, [close()]);
    expect(told.when(approve('district-116')).refused()).toEqual(
      expect.objectContaining({ slug: 'not-allowed', path: 'source', message: expect.stringContaining('a province') }),
    );
    expect(told.when(approve('nowhere')).refused()).toMatchObject({ path: 'source' });
    told.when(approve()).accepted();
  });

  test('is for province officers with both units in their hands', () => {
    const as = (caller: object) =>
      given({ service: 'programmes', rules: commonRules, registry, caller }, [close()]).when(approve());
    as({ roles: ['province-officer'], units: ['province-14'] }).accepted();
    expect(as({ roles: ['centre-publisher'], units: ['province-14'] }).refused().slug).toBe('not-allowed');
    expect(as({ roles: ['province-officer'], units: ['gdtx-a'] }).refused()).toMatchObject({ path: 'source' });
    expect(as({ roles: ['province-officer'], units: ['province-15'] }).refused()).toMatchObject({ path: 'source' });
  });

  test('rests on a closed month and on entries that are there', () => {
    expect(told().when(approve()).refused()).toMatchObject({ slug: 'not-closed', path: 'data.month' });
    expect(told(close()).when(approve('province-14', 3)).refused()).toMatchObject({
      slug: 'entry-unknown',
      path: 'data.upToSeq',
    });
    expect(told(close()).when(approve('province-14', 0)).refused().slug).toBe('malformed');
  });
});

describe('PeriodReopened', () => {
  test('opens a month again, for its publisher until it is approved, and for who approves', () => {
    for (const source of ['gdtx-a', 'province-14', 'vn']) {
      expect(told(close()).when(reopen(source)).state(key)).toEqual({ closed: false, approvedUpTo: 0 });
    }
    const approved = told(close(), approve());
    expect(approved.when(reopen('gdtx-a')).refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
    approved.when(reopen('province-14')).accepted();
    told(close(), approve(), reopen('vn')).when(close()).accepted();
  });

  test('is said of a closed month, by nobody else', () => {
    expect(told().when(reopen('gdtx-a')).refused().slug).toBe('not-closed');
    expect(told(close(), reopen('gdtx-a')).when(reopen('gdtx-a')).refused().slug).toBe('not-closed');
    expect(told(close()).when(reopen('gdtx-b')).refused()).toMatchObject({ slug: 'not-allowed', path: 'source' });
  });
});

describe('ConflictSettled', () => {
  const settle = (source = 'province-14', seq = 1, unit = 'gdtx-a'): TestFact => ({
    name: 'ConflictSettled',
    source,
    data: { unit, seq, reason: 'Trung tâm mới dạy tiếp' },
  });

  test('goes into the ledger whose entry it speaks of, and is said once', () => {
    const outcome = told(close()).when(settle());
    expect(outcome.accepted()).toBe('gdtx-a');
    expect(outcome.state('conflict:gdtx-a/1')).toEqual({ by: 'province-14' });
    expect(told(close(), settle()).when(settle('vn')).refused()).toMatchObject({
      slug: 'settled-already',
      path: 'data.seq',
    });
    told(close(), settle()).when(settle('province-14', 2)).accepted();
  });

  test('is said by who is above, of an ended unit by who is above its successor', () => {
    const by = (source: string) => told(close()).when(settle(source)).refused();
    expect(by('gdtx-a')).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('gdtx-b')).toMatchObject({ slug: 'not-allowed', path: 'source' });
    expect(by('province-15')).toMatchObject({ slug: 'not-allowed', path: 'source' });
    told(close())
      .when(settle('province-14', 1, 'gdtx-old'))
      .accepted();
    told(close())
      .when(settle('gdtx-a', 1, 'gdtx-old'))
      .accepted();
  });

  test('of the registry’s own ledger is said in the name of the country', () => {
    told(close())
      .when(settle('vn', 1, 'vn'))
      .accepted();
    expect(
      told(close())
        .when(settle('province-14', 1, 'vn'))
        .refused().slug,
    ).toBe('not-allowed');
  });

  test('is for province officers and registrars with both units in their hands', () => {
    const as = (caller: object) =>
      given({ service: 'programmes', rules: commonRules, registry, caller }, [close()]).when(settle());
    as({ roles: ['province-officer'], units: ['province-14'] }).accepted();
    as({ roles: ['registrar'], units: ['province-14'] }).accepted();
    for (const role of ['centre-publisher', 'commune-officer', 'inspector', 'operator'] as const) {
      expect(as({ roles: [role], units: ['vn'] }).refused()).toMatchObject({ slug: 'not-allowed', path: 'type' });
    }
    expect(as({ roles: ['province-officer'], units: ['gdtx-a'] }).refused()).toMatchObject({ path: 'source' });
    expect(as({ roles: ['registrar'], units: ['province-15'] }).refused()).toMatchObject({ path: 'source' });
  });

  test('speaks of an entry that is there, of a unit that is known, with a reason', () => {
    expect(told(close()).when(settle('province-14', 2)).accepted()).toBe('gdtx-a');
    expect(told(close()).when(settle('province-14', 3)).refused()).toMatchObject({
      slug: 'entry-unknown',
      path: 'data.seq',
    });
    expect(told(close()).when(settle('province-14', 0)).refused().slug).toBe('malformed');
    expect(
      told(close())
        .when(settle('vn', 1, 'gdtx-nowhere'))
        .refused().slug,
    ).toBe('unit-unknown');
    const silent = { ...settle(), data: { unit: 'gdtx-a', seq: 1, reason: '' } };
    expect(told(close()).when(silent).refused()).toMatchObject({ slug: 'malformed', path: 'data.reason' });
  });
});

test('EntryWithdrawn is decided on the ledger itself, never by its rule', () => {
  const fact = { name: 'EntryWithdrawn', source: 'gdtx-a', data: { unit: 'gdtx-a', seq: 1, reason: 'x' } };
  expect(told().when(fact).refused().slug).toBe('not-withdrawable');
});
