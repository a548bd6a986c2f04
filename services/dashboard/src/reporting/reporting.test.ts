import { describe, expect, test } from '@jest/globals';
import { CentreEstablished, CentresReorganised, OperationSuspended } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import {
  CommunityCentreEstablished,
  CommunityCentreResumed,
  CommunityCentreSuspended,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { UnitEstablished } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { Registry, type RegistryService } from '@gdtx/territory/registry';
import { monthNumber } from '../model.js';
import { Told } from '../../../../libs/territory/test/facts.js';
import { Dictionary } from '../columns/dictionary.js';
import { plainCodes } from '../../test/plain-codes.js';
import { expectedIn } from './expected.js';
import { PeriodRows } from './period-rows.js';
import { dueOn } from './due.js';
import { reporting, type ReportingDimension } from './reporting.js';
import type { ServiceSources } from './services-of.js';

const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });

/**
 * Two provinces; centres a and b in the one, merged into c on 2024-07-01; d in the other, suspended from May to July; a community
 * centre e, suspended from September until the 10th of November.
 */
function country(): Registry {
  const registry = Registry.empty();
  let seq = 0;
  const say = (service: RegistryService, name: string, data: object) =>
    registry.apply({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq: ++seq, recordedAt: 1 } as never);
  const territory = (unit: string, kind: string, parent: string) =>
    say(
      'provinces',
      'UnitEstablished',
      UnitEstablished.fromPartial({ unit, kind, parent, name: { vi: unit }, effectiveOn: on('1990-01-01') }),
    );
  const centre = (id: string, seat: string) =>
    say(
      'centres',
      'CentreEstablished',
      CentreEstablished.fromPartial({
        centre: id,
        seat,
        kind: 'gdtx',
        name: { vi: id },
        establishedOn: on('2000-01-01'),
      }),
    );
  territory('vn', 'country', '');
  for (const province of ['p1', 'p2']) territory(province, 'province', 'vn');
  centre('a', 'p1');
  centre('b', 'p1');
  centre('d', 'p2');
  say(
    'centres',
    'CentresReorganised',
    CentresReorganised.fromPartial({
      sources: ['a', 'b'],
      targets: [{ centre: 'c', default: true, established: { kind: 'gdtx', name: { vi: 'c' }, seat: 'p1' } }],
      effectiveOn: on('2024-07-01'),
    }),
  );
  say(
    'centres',
    'OperationSuspended',
    OperationSuspended.fromPartial({ centre: 'd', from: on('2024-05-01'), until: '2024-08-01' }),
  );
  say(
    'community-learning',
    'CommunityCentreEstablished',
    CommunityCentreEstablished.fromPartial({
      centre: 'e',
      commune: 'p2',
      name: { vi: 'e' },
      establishedOn: on('2024-06-15'),
    }),
  );
  const suspension = CommunityCentreSuspended.fromPartial({ centre: 'e', from: on('2024-09-01') });
  say('community-learning', 'CommunityCentreSuspended', suspension);
  const again = CommunityCentreResumed.fromPartial({ centre: 'e', effectiveOn: on('2024-11-10') });
  say('community-learning', 'CommunityCentreResumed', again);
  return registry;
}

const registry = country();
const ids = (month: string) =>
  expectedIn(registry, month)
    .map(({ id }) => id)
    .sort();

test('expected is who lives when the month ends and was not suspended through it', () => {
  expect(ids('1999-12')).toEqual([]);
  expect(ids('2024-04')).toEqual(['a', 'b', 'd']);
  expect(ids('2024-05')).toEqual(['a', 'b']);
  expect(ids('2024-06')).toEqual(['a', 'b', 'e']);
  expect(ids('2024-07')).toEqual(['c', 'e']);
  expect(ids('2024-08')).toEqual(['c', 'd', 'e']);
  expect(ids('2024-09')).toEqual(['c', 'd']);
  expect(ids('2024-10')).toEqual(['c', 'd']);
  expect(ids('2024-11')).toEqual(['c', 'd', 'e']);
});

describe('reporting', () => {
  const facts = new Map([
    ['programmes/a/2024-06', '2024-06'],
    ['programmes/c/2024-07', '2024-09'],
  ]);
  const periods = new PeriodRows();
  periods.put('community-learning/e', 2024, [
    {
      what: 'closed',
      month: monthNumber('2024-06'),
      at: Date.UTC(2024, 6, 5),
      nothing: true,
      upToSeq: 0,
      seq: 1,
      recorded: monthNumber('2024-07'),
      withdrawn: null,
    },
  ]);
  const units = new Dictionary();
  const sources: ServiceSources = {
    periods,
    services: ['programmes', 'community-learning'],
    lastSeq: () => 0,
    firstRecorded: (service, unit, month) => {
      const recorded = facts.get(
        `${service}/${unit}/${`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`}`,
      );
      return recorded === undefined ? null : monthNumber(recorded);
    },
  };
  const asked = (by: ReportingDimension[], unit = 'vn', known = Infinity) =>
    reporting(
      { unit, mapDay: null, from: '2024-06', to: '2024-08', by, known },
      {
        ...{ registry, told: registry, units, dueDay: 10, asOf: Date.UTC(2024, 8, 15) },
        monthCode: plainCodes(units, 10, sources, known),
      },
    );

  test('counts months of units; the four ways to say or not to say add up', () => {
    const { all } = asked([]);
    // June: a reported, b silent, e nothing. July: c late, e silent. August is due by 10 September: all three silent.
    expect(all).toMatchObject({
      expected: 8,
      reported: 2,
      nothingToReport: 1,
      silent: 5,
      awaited: 0,
      late: 1,
      closed: 1,
    });
  });

  test('by province and month', () => {
    const rows = asked(['province', 'month']).rows.map(({ keys, expected, reported, silent }) => [
      keys.map(({ key }) => key).join(),
      expected,
      reported,
      silent,
    ]);
    expect(rows).toEqual([
      ['p1,2024-06', 2, 1, 1],
      ['p1,2024-07', 1, 1, 0],
      ['p1,2024-08', 1, 0, 1],
      ['p2,2024-06', 1, 0, 0],
      ['p2,2024-07', 1, 0, 1],
      ['p2,2024-08', 2, 0, 2],
    ]);
  });

  test('of one province', () => {
    expect(asked([], 'p1').all).toMatchObject({ expected: 4, reported: 2, silent: 2 });
  });

  test('as known before the late one came', () => {
    expect(asked([], 'p1', monthNumber('2024-08')).all).toMatchObject({ expected: 4, reported: 1, silent: 3, late: 0 });
  });
});

test('a report is due on a day of the next month, or on its last where it is shorter', () => {
  expect(dueOn('2024-09', 10)).toBe('2024-10-10');
  expect(dueOn('2024-12', 5)).toBe('2025-01-05');
  expect(dueOn('2025-01', 31)).toBe('2025-02-28');
});

test('what couldn’t be divided stands beside the province that it lies in later', () => {
  const told = new Told();
  for (const [unit, kind, parent] of [
    ['vn', 'country', ''],
    ['a', 'province', 'vn'],
    ['b', 'province', 'vn'],
  ] as const)
    told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: '1990-01-01' });
  told.provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    parts: [
      { from: 'a', to: 'n' },
      { from: 'b', to: 'n' },
    ],
    established: [{ unit: 'n', kind: 'province', parent: 'vn', name: 'n' }],
  });
  told.centres('CentreEstablished', { centre: 'x', kind: 'gdtx', name: 'x', seat: 'n', establishedOn: '2000-01-01' });
  const { rows } = reporting(
    { unit: 'vn', mapDay: null, from: '2025-06', to: '2025-07', by: ['province'], known: Infinity },
    {
      ...{ registry: told.registry(), told: told.registry() },
      ...{ units: new Dictionary(), monthCode: () => 0, dueDay: 10 },
      asOf: Date.UTC(2025, 11, 1),
    },
  );
  expect(rows.map(({ keys, expected }) => [keys[0], expected])).toEqual([
    [{ key: 'n' }, 1],
    [{ key: 'n', undivided: ['a', 'b'] }, 1],
  ]);
});
