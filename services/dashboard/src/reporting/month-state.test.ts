import { describe, expect, test } from '@jest/globals';
import { monthNumber } from '../model.js';
import { monthState, type Due, type ServiceMonth } from './month-state.js';
import type { PeriodEvent } from './period-rows.js';

/** September 2024, due by the 10th of October. */
const UNTIL = Date.UTC(2024, 9, 10, 17) - 1;
const due: Due = { until: UNTIL, month: monthNumber('2024-10'), asOf: Date.UTC(2024, 11, 1) };
const early = Date.UTC(2024, 9, 1);
const late = Date.UTC(2024, 9, 20);

let seq = 0;
const event = (kind: PeriodEvent['kind'], at: number, more: Partial<PeriodEvent> = {}): PeriodEvent => ({
  kind,
  at,
  seq: ++seq,
  nothing: false,
  upToSeq: 0,
  ...more,
});
const months = (events: PeriodEvent[], firstRecorded: string | null = null): ServiceMonth => ({
  events,
  heard: { firstRecorded: firstRecorded === null ? null : monthNumber(firstRecorded) },
});

test('who said nothing is awaited until the day, then silent', () => {
  expect(monthState([months([])], { ...due, asOf: UNTIL })).toMatchObject({ said: 'awaited', late: false });
  expect(monthState([months([])], { ...due, asOf: UNTIL + 1 })).toMatchObject({ said: 'silent', late: false });
});

test('who closed a month with nothing to report is not silent', () => {
  const closed = [event('closed', early, { nothing: true })];
  expect(monthState([months(closed)], due)).toMatchObject({ said: 'nothing-to-report', late: false, closed: true });
});

test('facts count over a closing that says there was nothing', () => {
  expect(monthState([months([event('closed', early, { nothing: true })], '2024-09')], due).said).toBe('reported');
});

test('one service with something and one with nothing: reported', () => {
  const [something, nothing] = [months([event('closed', early)]), months([event('closed', early, { nothing: true })])];
  expect(monthState([something, nothing], due).said).toBe('reported');
});

describe('late', () => {
  test('by the moment of the first closing', () => {
    expect(monthState([months([event('closed', UNTIL)])], due).late).toBe(false);
    expect(monthState([months([event('closed', UNTIL + 1)])], due).late).toBe(true);
  });

  test('not by a closing after it was opened again', () => {
    const events = [event('closed', early), event('reopened', late), event('closed', late)];
    expect(monthState([months(events, '2024-09')], due)).toMatchObject({ late: false, closed: true });
  });

  test('a month never closed, by the month in which its first fact came', () => {
    expect(monthState([months([], '2024-10')], due)).toMatchObject({ said: 'reported', late: false, closed: false });
    expect(monthState([months([], '2024-11')], due)).toMatchObject({ said: 'reported', late: true });
  });
});

describe('approved', () => {
  const closed = event('closed', early);
  const approved = event('approved', late, { upToSeq: 9 });

  test('once every closed service is', () => {
    expect(monthState([months([closed, approved])], due).approved).toBe(true);
    expect(monthState([months([closed, approved]), months([closed])], due).approved).toBe(false);
    expect(monthState([months([closed, approved]), months([])], due).approved).toBe(true);
  });

  test('no longer after it was opened again', () => {
    const events = [closed, approved, event('reopened', late)];
    expect(monthState([months(events, '2024-09')], due)).toMatchObject({ approved: false, closed: false });
  });

  test('and changed since by an entry that it does not cover', () => {
    const services = (lastSeq: number) => [{ ...months([closed, approved]), lastSeq }];
    expect(monthState(services(9), due).changedSince).toBe(false);
    expect(monthState(services(10), due).changedSince).toBe(true);
  });
});
