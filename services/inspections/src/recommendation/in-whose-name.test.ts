import { describe, expect, test } from '@jest/globals';
import { given } from '@gdtx/testing/given';
import type { Role } from '@gdtx/service-kit/tokens';
import { ask, close, EVERY, order, progress, recommend, session, visit } from '../../test/told.js';
import { world } from '../../test/world.js';
import { recommendationKey, type RecommendationState } from '../states.js';
import { inWhoseName } from './in-whose-name.js';

const told = given(world, [order(), visit(), recommend({ addressees: [{ every: EVERY }] }), session(), ask()]);
const may = (role: Role, unit: string, id = 'cl-2', from = told) =>
  inWhoseName(
    from.states.get(recommendationKey(id)) as RecommendationState,
    { subject: 'test', roles: [role], units: [unit] },
    { registry: from.registry, today: world.today! },
  );

describe('in whose name progress may be reported, or a recommendation closed, today', () => {
  test('a community centre that was addressed, and the successor of one: their own', () => {
    expect(may('centre-publisher', 'tthtcd-sao-do')).toEqual({ report: ['tthtcd-sao-do'], close: [] });
    expect(may('centre-publisher', 'tthtcd-chi-linh')).toEqual({ report: ['tthtcd-chi-linh'], close: [] });
  });

  test('a ward’s officer: its community centres', () => {
    expect(may('commune-officer', 'commune-10546-2025').report).toEqual(['tthtcd-chi-linh', 'tthtcd-sao-do']);
  });

  test('the ministry closes what it asked for itself, and may write down what addressees tell it', () => {
    const { report, close: closing } = may('inspector', 'vn');
    expect(closing).toEqual(['vn']);
    expect(report).toEqual(['tthtcd-chi-linh', 'tthtcd-sao-do']);
  });

  test('the successor of the issuing side closes', () => {
    expect(may('province-officer', 'province-44-2025', 'dh-1').close).toEqual([
      'commune-19333-2025',
      'commune-19351-2025',
      'province-44-2025',
    ]);
  });

  test.each([
    ['centre-publisher', 'tthtcd-son-la'],
    ['province-officer', 'province-14'],
    ['registrar', 'vn'],
    ['operator', 'vn'],
  ] as const)('a %s of %s: nobody’s', (role, unit) => {
    expect(may(role, unit)).toEqual({ report: [], close: [] });
  });

  test('once it is closed: nobody’s', () => {
    const closed = given(world, [
      ...[order(), visit(), recommend({ addressees: [{ every: EVERY }] })],
      ...[progress({}, 'tthtcd-sao-do'), close()],
    ]);
    expect(may('inspector', 'vn', 'cl-2', closed)).toEqual({ report: [], close: [] });
  });
});
