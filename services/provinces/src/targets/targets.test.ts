import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { country, established, registryWithCentre, world } from '../../test/facts.js';
import type { TargetsState } from './targets.js';

const known = [
  country,
  established('province-14', 'province', 'vn', { effectiveOn: '2000-05-01' }),
  established('province-15', 'province', 'vn'),
];
const target = (data: object): TestFact => ({
  name: 'TargetSet',
  data: { unit: 'vn', indicator: 'learning-citizens', year: 2025, value: 40, ...data },
});

describe('a target is set', () => {
  test('in the registry’s ledger, with what it rests on', () => {
    const legalBasis = [{ number: '1373/QĐ-TTg', issuedOn: '2021-07-30' }];
    const then = given(world, known).when(target({ legalBasis, category: 'urban', note: 'đến năm 2025' }));
    expect(then.accepted()).toBe('vn');
    expect(then.state<TargetsState>('targets:vn')).toEqual({
      targets: [
        { indicator: 'learning-citizens', category: 'urban', year: 2025, value: 40, legalBasis, note: 'đến năm 2025' },
      ],
    });
  });

  test('beside others, in the order of years, indicators and categories; said again, the later one holds', () => {
    const history = [
      ...known,
      target({ year: 2030, value: 60 }),
      target({ category: 'b' }),
      target({ indicator: 'learning-families' }),
      target({ category: 'a' }),
      target({}),
    ];
    const then = given(world, history).when(target({ value: 45 }));
    then.accepted();
    expect(
      then.state<TargetsState>('targets:vn')!.targets.map((t) => [t.year, t.indicator, t.category, t.value]),
    ).toEqual([
      [2025, 'learning-citizens', undefined, 45],
      [2025, 'learning-citizens', 'a', 40],
      [2025, 'learning-citizens', 'b', 40],
      [2025, 'learning-families', undefined, 40],
      [2030, 'learning-citizens', undefined, 60],
    ]);
  });

  test('for a year that is still to come', () => {
    given(world, known)
      .when(target({ year: 2045 }))
      .accepted();
  });

  test('for a unit of any kind that is known and lives in that year', () => {
    const refused = (data: object, history = known) => given(world, history).when(target(data)).refused();
    given({ ...world, registry: registryWithCentre() }, [])
      .when(target({ unit: 'gdtx-x' }))
      .accepted();
    expect(refused({ unit: 'province-99' })).toMatchObject({
      slug: 'unit-unknown',
      unit: 'province-99',
      path: 'data.unit',
    });
    expect(refused({ unit: 'province-14', year: 1999 })).toMatchObject({ slug: 'unit-not-yet', path: 'data.year' });
    given(world, known)
      .when(target({ unit: 'province-14', year: 2000 }))
      .accepted();
    const ended = [...known, { name: 'UnitAbolished', data: { unit: 'province-15', effectiveOn: '2025-01-01' } }];
    expect(refused({ unit: 'province-15', year: 2025 }, ended)).toMatchObject({
      slug: 'unit-ended',
      path: 'data.year',
    });
    given(world, ended)
      .when(target({ unit: 'province-15', year: 2024 }))
      .accepted();
  });

  test('by whoever answers for the unit', () => {
    const officer = { caller: { roles: ['province-officer' as const], units: ['province-14'] } };
    const by = (unit: string) =>
      given({ ...world, ...officer }, known).when({ ...target({ unit }), source: 'province-14' });
    expect(by('province-14').accepted()).toBe('vn');
    expect(by('vn').refused().slug).toBe('not-allowed');
    expect(by('province-15').refused().slug).toBe('not-allowed');
    const centre = { caller: { roles: ['centre-publisher' as const, 'commune-officer' as const], units: ['vn'] } };
    expect(
      given({ ...world, ...centre }, known)
        .when(target({}))
        .refused(),
    ).toMatchObject({ slug: 'not-allowed', path: 'type' });
  });
});
