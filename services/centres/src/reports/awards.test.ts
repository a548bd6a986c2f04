import { describe, expect, test } from '@jest/globals';
import { given, type TestFact } from '@gdtx/testing/given';
import { consolidation, established, fact, sonLa, world } from '../../test/facts.js';
import type { CentrePage } from '../centre-page.js';

const merged = [...sonLa, consolidation(), established('gdtx-tn', { establishedOn: '1992-11-25' })];
const award = (data: object, source = 'gdtx-tn'): TestFact =>
  fact('AwardReceived', { award: 'Huân chương Lao động', kind: 'labour-medal', ...data }, source);
const both = { inheritedFrom: ['gdtx-cu', 'kthn-son-la'] };

const when = (said: TestFact, history = merged) => given(world, history).when(said);
const refusal = (said: TestFact, history?: TestFact[]) => when(said, history).refused();
const awardsAfter = (...facts: TestFact[]) => {
  const then = when(facts.at(-1)!, [...merged, ...facts.slice(0, -1)]);
  return then.state<CentrePage>(`centre:${then.accepted()}`)!.awards;
};

describe('an award is received', () => {
  test('and kept as it was said', () => {
    const times = { value: 2, precision: 'at-least', asGiven: 'nhiều năm liền' };
    const data = {
      class: 3,
      conferredBy: 'Nhà nước',
      level: 'state',
      field: 'giáo dục',
      date: '2015-11',
      times,
      note: 'Ghi chú',
    };
    expect(awardsAfter(award(data))).toEqual([
      { day: '2015-11-01', award: 'Huân chương Lao động', kind: 'labour-medal', ...data },
    ]);
    expect(awardsAfter(award({ times: 3 }))).toEqual([
      { award: 'Huân chương Lao động', kind: 'labour-medal', times: { value: 3 } },
    ]);
  });

  test('in any order with the same page', () => {
    const [early, late, undated] = [award({ date: '1999' }), award({ date: { notBefore: '2001-01-01' } }), award({})];
    const days = (facts: TestFact[]) => awardsAfter(...facts).map((each) => each.day);
    expect(days([late, undated, early])).toEqual([undefined, '1999-01-01', '2001-01-01']);
    expect(awardsAfter(late, undated, early)).toEqual(awardsAfter(early, late, undated));
  });

  test('within bounds, as long as they hold a day of the centre’s life', () => {
    when(award({ date: { notBefore: '1992-11-25', notAfter: '2022-11-25' } })).accepted();
    when(award({ date: { notBefore: '1900-01-01', notAfter: '1992-11-25' } })).accepted();
    when(award({ date: { notAfter: '1992-11-25' } })).accepted();
    when(award({ date: { notBefore: '1900-01-01' } })).accepted();
    when(award({ date: '1992' })).accepted();
    const at = (slug: string) => ({ slug, path: 'data.date' });
    expect(refusal(award({ date: '1992-10' }))).toMatchObject(at('unit-not-yet'));
    expect(refusal(award({ date: { notAfter: '1992-11-24' } }))).toMatchObject(at('unit-not-yet'));
    const ended = [...merged, fact('CentreDissolved', { centre: 'gdtx-tn', effectiveOn: '2020-05-01' })];
    when(award({ date: '2020' }), ended).accepted();
    expect(refusal(award({ date: '2020-05-01' }), ended)).toMatchObject(at('unit-ended'));
    expect(refusal(award({ date: { notBefore: '2020-06-01' } }), ended)).toMatchObject(at('unit-ended'));
    expect(refusal(award({ date: '2018-09-26' }, 'kthn-son-la'))).toMatchObject(at('unit-ended'));
    expect(refusal(award({ date: '2018-09-26' }, 'kthn-son-la')).message).toContain('its successor is `gdtx-son-la`');
  });

  test('on a day that has come', () => {
    expect(refusal(award({ date: '2026-02' }))).toMatchObject({ slug: 'in-future', path: 'data.date' });
    expect(refusal(award({ date: { notAfter: '2026-02-01' } }))).toMatchObject({ slug: 'in-future' });
  });

  test('by a centre', () => {
    expect(refusal(award({}, 'district-116'))).toMatchObject({ slug: 'wrong-kind', path: 'source' });
    expect(refusal(award({}, 'nowhere'))).toMatchObject({ slug: 'unit-unknown', path: 'source' });
    const by = (roles: ('centre-publisher' | 'registrar')[], units: string[]) =>
      given({ ...world, caller: { roles, units } }, merged).when(award({}));
    by(['centre-publisher'], ['gdtx-tn']).accepted();
    expect(by(['centre-publisher'], ['gdtx-cu']).refused().slug).toBe('not-allowed');
    expect(by(['registrar'], ['vn']).refused().slug).toBe('not-allowed');
  });

  test('once: the same award of the same date is the same', () => {
    const medal = { class: 2, conferredBy: 'Nhà nước', date: { notAfter: '2018-09-25' } };
    const at = { slug: 'counted-twice', path: 'data.award' };
    expect(refusal(award(medal), [...merged, award({ ...medal, note: 'x' })])).toMatchObject(at);
    for (const other of [
      { class: 3 },
      { conferredBy: 'Chủ tịch nước' },
      { date: '2010' },
      { field: 'x' },
      { level: 'state' },
      { kind: 'other' },
    ]) {
      when(award({ ...medal, ...other }), [...merged, award(medal)]).accepted();
    }
  });
});

describe('an award is inherited', () => {
  test('once: not what the predecessor has reported itself', () => {
    const medal = { class: 3, date: '2018-09-24' };
    const own = award(medal, 'kthn-son-la');
    expect(refusal(award({ ...medal, ...both }, 'gdtx-son-la'), [...merged, own])).toMatchObject({
      slug: 'counted-twice',
      path: 'data.inheritedFrom.1',
    });
    when(award({ ...medal, ...both, date: '2018-09-23' }, 'gdtx-son-la'), [...merged, own]).accepted();
  });

  const divided = [
    ...merged,
    fact('CentresReorganised', {
      ...{ form: 'division', sources: ['gdtx-son-la'], effectiveOn: '2022-01-01' },
      targets: ['gdtx-bac', 'gdtx-nam'].map((centre) => ({
        centre,
        established: { kind: 'gdtx', name: { vi: centre }, seat: 'province-14' },
      })),
    }),
  ];
  const medal = { class: 3, date: '2018-09-24' };
  const inherited = award({ ...medal, ...both }, 'gdtx-son-la');

  test('once: the predecessor doesn’t tell late what its successor has told', () => {
    const late = refusal(award(medal, 'kthn-son-la'), [...merged, inherited]);
    expect(late).toMatchObject({ slug: 'counted-twice', path: 'data.award' });
    expect(late.message).toContain('`gdtx-son-la` has told this award as inherited from `kthn-son-la`');
    when(award({ ...medal, class: 2 }, 'kthn-son-la'), [...merged, inherited]).accepted();
    const page = when(inherited).state<CentrePage>('centre:kthn-son-la');
    expect(page!.inheritedAwards).toMatchObject([{ day: '2018-09-24', class: 3, by: 'gdtx-son-la' }]);
  });

  test('once: of two heirs by the one that tells it first, also where one is the other’s', () => {
    const own = award({ ...medal, inheritedFrom: ['gdtx-son-la'] }, 'gdtx-bac');
    const twice = (said: TestFact, ...before: TestFact[]) => refusal(said, [...divided, ...before]);
    const at = { slug: 'counted-twice', path: 'data.inheritedFrom.0' };
    expect(twice({ ...own, source: 'gdtx-nam' }, own)).toMatchObject(at);
    expect(twice(own, inherited)).toMatchObject(at);
    expect(twice(inherited, own)).toMatchObject({ slug: 'counted-twice', path: 'data.award' });
    const afar = award({ ...medal, inheritedFrom: ['kthn-son-la'] }, 'gdtx-nam');
    expect(twice(afar, inherited)).toMatchObject(at);
    when(award({ ...medal, class: 2, inheritedFrom: ['gdtx-son-la'] }, 'gdtx-nam'), [...divided, own]).accepted();
  });

  test('from predecessors, dated before the centre itself', () => {
    const said = award({ ...both, date: { notAfter: '2018-09-25' } }, 'gdtx-son-la');
    expect(awardsAfter(said)).toMatchObject([{ day: '2018-09-25', ...both }]);
    when(award({ ...both, date: '1995' }, 'gdtx-son-la')).accepted();
    when(award(both, 'gdtx-son-la')).accepted();
  });

  test('also from a predecessor’s predecessor', () => {
    const next = fact('CentresReorganised', {
      form: 'absorption',
      sources: ['gdtx-son-la'],
      targets: [{ centre: 'gdtx-tn' }],
      effectiveOn: '2020-01-01',
    });
    when(award({ inheritedFrom: ['kthn-son-la'], date: '2015' }), [...merged, next]).accepted();
  });

  test('not from others', () => {
    const at = (slug: string) => ({ slug, path: 'data.inheritedFrom.0' });
    expect(refusal(award({ inheritedFrom: ['kthn-son-la'] }))).toMatchObject(at('no-predecessor'));
    expect(refusal(award({ inheritedFrom: ['gdtx-son-la'] }, 'gdtx-son-la'))).toMatchObject(at('no-predecessor'));
    expect(refusal(award({ inheritedFrom: ['nobody'] }, 'gdtx-son-la'))).toMatchObject(at('unit-unknown'));
    expect(refusal(award({ inheritedFrom: ['kthn-son-la', 'kthn-son-la'] }, 'gdtx-son-la'))).toMatchObject({
      slug: 'contradicts',
      path: 'data.inheritedFrom.1',
    });
  });

  test('not of a day after the predecessor had ended', () => {
    expect(refusal(award({ ...both, date: '2018-09-25' }, 'gdtx-son-la'))).toMatchObject({
      slug: 'unit-ended',
      path: 'data.inheritedFrom.0',
    });
    expect(refusal(award({ ...both, date: { notBefore: '2019-01-01' } }, 'gdtx-son-la'))).toMatchObject({
      slug: 'unit-ended',
    });
    when(award({ ...both, date: '2018' }, 'gdtx-son-la')).accepted();
  });
});
