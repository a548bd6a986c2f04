import { describe, expect, test } from '@jest/globals';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { consolidation, established, fact, sonLa, world } from '../../test/facts.js';
import type { CentrePage } from '../centre-page.js';

const anew = (centre: string, more: object = {}) => ({
  centre,
  established: { kind: 'gdtx', name: { vi: centre }, seat: 'province-14', ...more },
});
const reorganised = (
  form: string,
  sources: string[],
  targets: object[],
  effectiveOn: unknown = '2018-09-25',
): TestFact => fact('CentresReorganised', { form, sources, targets, effectiveOn });

const known = ['a', 'b', 'c'].map((centre) => established(centre));
const refusal = (said: TestFact, history = known, overrides: Partial<World> = {}) =>
  given({ ...world, ...overrides }, history)
    .when(said)
    .refused();
const livesOf = (said: TestFact, units: string[], history = known) => {
  const then = given(world, history).when(said);
  then.accepted();
  return units.map((unit) => {
    const { from, to } = then.registry.unit(unit)!.life;
    return [unit, from, to];
  });
};

describe('the four forms', () => {
  test('consolidation: the sources end, one new centre begins; all three rest on the same act', () => {
    const then = given(world, sonLa).when(consolidation());
    expect(then.accepted()).toBe('vn');
    expect(then.registry.unit('gdtx-son-la')!.predecessors.map((edge) => edge.other)).toEqual([
      'gdtx-cu',
      'kthn-son-la',
    ]);
    expect(then.registry.unit('gdtx-cu')!.life.to).toBe('2018-09-25');
    for (const unit of ['gdtx-son-la', 'gdtx-cu', 'kthn-son-la']) {
      expect(then.state<CentrePage>(`centre:${unit}`)!.legalActs.at(-1)).toMatchObject({
        fact: 'CentresReorganised',
        on: '2018-09-25',
        legalBasis: [{ number: '2343/QĐ-UBND', issuedOn: '2018-09-25', issuer: 'UBND tỉnh Sơn La' }],
      });
    }
  });

  test('absorption: the sources end, the target lives on', () => {
    expect(livesOf(reorganised('absorption', ['b'], [{ centre: 'a' }]), ['a', 'b'])).toEqual([
      ['a', '2000-01-01', null],
      ['b', '2000-01-01', '2018-09-25'],
    ]);
  });

  test('division: one source ends, new centres begin', () => {
    const said = reorganised('division', ['a'], [anew('x'), { ...anew('y'), default: true }]);
    expect(livesOf(said, ['a', 'x', 'y'])).toEqual([
      ['a', '2000-01-01', '2018-09-25'],
      ['x', '2018-09-25', null],
      ['y', '2018-09-25', null],
    ]);
  });

  test('separation: the source lives on, new centres begin', () => {
    expect(livesOf(reorganised('separation', ['a'], [{ centre: 'a', default: true }, anew('x')]), ['a', 'x'])).toEqual([
      ['a', '2000-01-01', null],
      ['x', '2018-09-25', null],
    ]);
  });

  test.each([
    ['consolidation', 'one source', ['a'], [anew('x')]],
    ['consolidation', 'two targets', ['a', 'b'], [anew('x'), anew('y')]],
    ['consolidation', 'a target that was there', ['a', 'b'], [{ centre: 'c' }]],
    ['consolidation', 'a target that is a source', ['a', 'b'], [{ centre: 'a' }]],
    ['absorption', 'a new target', ['a'], [anew('x')]],
    ['absorption', 'a target that is a source', ['a', 'b'], [{ centre: 'a' }]],
    ['absorption', 'two targets', ['a'], [{ centre: 'b' }, { centre: 'c' }]],
    ['division', 'one target', ['a'], [anew('x')]],
    ['division', 'two sources', ['a', 'b'], [anew('x'), anew('y')]],
    ['division', 'a source that lives on', ['a'], [{ centre: 'a' }, anew('x')]],
    ['separation', 'a source that ends', ['a'], [anew('x'), anew('y')]],
    ['separation', 'no new target', ['a'], [{ centre: 'a' }]],
    ['separation', 'another one that lives on', ['a'], [{ centre: 'b' }, anew('x')]],
    ['separation', 'another source', ['a', 'b'], [{ centre: 'a' }, anew('x')]],
  ])('a %s with %s is none', (form, _what, sources, targets) => {
    expect(refusal(reorganised(form, sources, targets))).toMatchObject({ slug: 'wrong-form', path: 'data.form' });
  });

  test('a source can’t be established', () => {
    expect(refusal(reorganised('separation', ['a'], [anew('x'), anew('a')]))).toMatchObject({
      slug: 'wrong-form',
      path: 'data.targets.1.established',
    });
  });
});

describe('who takes part', () => {
  test('is named once, with one default', () => {
    expect(refusal(reorganised('absorption', ['b', 'b'], [{ centre: 'a' }]))).toMatchObject({
      slug: 'contradicts',
      path: 'data.sources.1',
    });
    expect(refusal(reorganised('division', ['a'], [anew('x'), anew('x')]))).toMatchObject({
      slug: 'contradicts',
      path: 'data.targets.1',
    });
    const defaults = [anew('x'), anew('y')].map((target) => ({ ...target, default: true }));
    expect(refusal(reorganised('division', ['a'], defaults))).toMatchObject({
      slug: 'contradicts',
      path: 'data.targets.1.default',
    });
  });

  test('was alive the day before, if it ends', () => {
    const at = (slug: string) => ({ slug, path: 'data.sources.0' });
    const again = reorganised('absorption', ['kthn-son-la'], [{ centre: 'a' }], '2019-01-01');
    const history = [...known, ...sonLa, consolidation()];
    expect(refusal(again, history)).toMatchObject(at('not-alive'));
    expect(refusal(again, history).message).toContain('its successor is `gdtx-son-la`');
    const first = reorganised('absorption', ['b'], [{ centre: 'a' }], '2000-01-01');
    expect(refusal(first)).toMatchObject(at('not-alive'));
    expect(refusal(reorganised('absorption', ['nobody'], [{ centre: 'a' }]))).toMatchObject(at('unit-unknown'));
    expect(refusal(reorganised('absorption', ['district-116'], [{ centre: 'a' }]))).toMatchObject(at('wrong-kind'));
    const renamed = fact('CentreRenamed', { centre: 'b', name: { vi: 'B' }, effectiveOn: '2019' });
    expect(refusal(reorganised('absorption', ['b'], [{ centre: 'a' }]), [...known, renamed])).toMatchObject(
      at('contradicts'),
    );
  });

  test('lives before and after, if it lives on', () => {
    const at = (slug: string) => ({ slug, path: 'data.targets.0.centre' });
    const into = (centre: string) => reorganised('absorption', ['b'], [{ centre }]);
    const young = established('young', { establishedOn: '2018-09-25' });
    const ended = fact('CentreDissolved', { centre: 'c', effectiveOn: '2018-09-25' });
    expect(refusal(into('young'), [...known, young])).toMatchObject(at('not-alive'));
    expect(refusal(into('c'), [...known, ended])).toMatchObject(at('not-alive'));
    expect(refusal(into('nobody'))).toMatchObject(at('unit-unknown'));
    expect(refusal(into('district-116'))).toMatchObject(at('wrong-kind'));
    const separated = reorganised('separation', ['young'], [{ centre: 'young' }, anew('x')]);
    expect(refusal(separated, [...known, young])).toMatchObject({ slug: 'not-alive', path: 'data.sources.0' });
  });

  test('is new and has a place, if it begins', () => {
    const into = (centre: string, more?: object) => reorganised('consolidation', ['a', 'b'], [anew(centre, more)]);
    const at = (slug: string, field: string) => ({ slug, path: `data.targets.0.${field}` });
    expect(refusal(into('c'))).toMatchObject(at('exists-already', 'centre'));
    expect(refusal(into('x', { seat: 'district-9' }))).toMatchObject(at('unit-unknown', 'established.seat'));
    expect(refusal(into('x', { seat: 'c' }))).toMatchObject(at('wrong-kind', 'established.seat'));
    expect(refusal(into('x', { authority: { body: 'UBND', of: 'district-9' } }))).toMatchObject(
      at('unit-unknown', 'established.authority.of'),
    );
    expect(refusal(into('x', { kind: 'school' }))).toMatchObject({
      slug: 'malformed',
      path: 'data.targets.0.established.kind',
    });
  });

  test('on a day that has come', () => {
    expect(refusal(consolidation({ effectiveOn: '2026-06' }), sonLa)).toMatchObject({ slug: 'in-future' });
  });

  test('a province’s registrar keeps to its province', () => {
    const by = (units: string[]) => ({ caller: { roles: ['registrar' as const], units } });
    const said = { ...consolidation(), source: 'province-14' };
    given({ ...world, ...by(['province-14']) }, sonLa)
      .when(said)
      .accepted();
    expect(refusal({ ...said, source: 'province-44-2025' }, sonLa, by(['province-44-2025'])).slug).toBe('not-allowed');
    const away = reorganised('consolidation', ['a', 'b'], [anew('x', { seat: 'province-44-2025' })]);
    expect(refusal({ ...away, source: 'province-14' }, known, by(['province-14'])).slug).toBe('not-allowed');
    const far = established('far', { seat: 'province-45' });
    const absorbed = { ...reorganised('absorption', ['b'], [{ centre: 'far' }]), source: 'province-14' };
    expect(refusal(absorbed, [...known, far], by(['province-14'])).slug).toBe('not-allowed');
  });
});
