import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { codecOf } from '@gdtx/contracts/fact-codecs';
import { parseType, SOURCE_PREFIX, typeOf } from '@gdtx/ledger/fact';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { isAlive, valueOn } from '@gdtx/territory/records';
import { Registry } from '@gdtx/territory/registry';
import type { CentrePage } from '../src/centre-page.js';
import { centresRules } from '../src/rules.js';

/** What the five seed texts say of centres, told to this service's own rules. */

const folder = join(import.meta.dirname, '../../../infra/examples/seeds');
const events = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as { id: string; type: string; source: string; data: object });

const ours: TestFact[] = events
  .filter(({ type }) => parseType(type)!.service === 'centres')
  .map(({ id, type, source, data }) => ({
    id,
    name: parseType(type)!.name,
    source: source.slice(SOURCE_PREFIX.length),
    data,
  }));

/** Every unit of territory that the texts name, older than they are, and the 19 community centres. */
function surroundings(): Registry {
  const registry = Registry.empty();
  let seq = 0;
  const tell = (service: string, name: string, json: object) => {
    const type = typeOf(service, name);
    const codec = codecOf(type) as unknown as { fromPartial(data: object): never };
    registry.apply({ service, type, data: codec.fromPartial(json), seq: ++seq, recordedAt: seq });
  };
  const territory = (unit: string, kind: string, parent: string) => {
    const effectiveOn = { on: '', notBefore: '', notAfter: '2000-01-01' };
    tell('provinces', 'UnitEstablished', { unit, kind, parent, name: { vi: unit }, effectiveOn });
  };
  territory('vn', 'country', '');
  const named = new Set(JSON.stringify(ours).match(/(province|district|commune)-\d+/g));
  for (const unit of named) territory(unit, unit.slice(0, unit.indexOf('-')), 'vn');
  for (const { type, data } of events) {
    if (type === typeOf('community-learning', 'CommunityCentreEstablished')) {
      tell('community-learning', 'CommunityCentreEstablished', data);
    }
  }
  return registry;
}

const world: World = { service: 'centres', rules: centresRules, registry: surroundings(), today: '2026-11-22' };
const told = given(world, ours);
const page = (centre: string) => told.states.get(`centre:${centre}`) as CentrePage;
const unit = (centre: string) => told.registry.unit(centre)!;

describe('the five centres', () => {
  test('Sơn La: made of two on 2018-09-25, with their medals and two legal acts', () => {
    expect(unit('gdtx-son-la').life.from).toBe('2018-09-25');
    for (const source of ['gdtx-son-la-truoc-2018', 'kthn-son-la']) {
      expect([isAlive(unit(source), '2018-09-24'), isAlive(unit(source), '2018-09-25')]).toEqual([true, false]);
    }
    const { awards, legalActs, reports } = page('gdtx-son-la');
    expect(awards.filter(({ kind }) => kind === 'labour-medal').map((award) => award.class)).toEqual([3, 2]);
    expect(awards.find(({ kind }) => kind === 'emulation-flag')!.times).toMatchObject({
      value: 2,
      precision: 'at-least',
    });
    expect(legalActs.map((act) => act.legalBasis[0]!.number)).toEqual(['2343/QĐ-UBND', '877/QĐ-SGDĐT']);
    expect(reports.departments!.departments).toHaveLength(3);
    expect(reports.training!.total).toBe(28);
  });

  test('Thái Nguyên: one life under three names, three of four changes with a numbered basis', () => {
    const centre = unit('gdtx-thai-nguyen');
    expect(centre.life).toMatchObject({ from: '1992-11-25', to: null });
    const names = ['1993-06-01', '1994-09-13', '1994-09-14', '1996-12-31', '1997-01-01'].map(
      (day) => valueOn(centre.names, day)!.vi,
    );
    expect(new Set(names).size).toBe(3);
    expect(valueOn(centre.subkinds, '1994-09-13')).toBe('taichuc');
    expect(valueOn(centre.subkinds, '1994-09-14')).toBe('gdtx');
    expect(centre.changes.map(({ kind }) => kind)).toEqual(['established', 'renamed', 'renamed', 'merged']);
    const { legalActs, awards, reports } = page('gdtx-thai-nguyen');
    expect(legalActs.map((act) => [act.on, act.legalBasis.length])).toEqual([
      ['1992-11-25', 1],
      ['1994-09-14', 1],
      ['1997', 0],
      ['2018-07-18', 1],
    ]);
    expect(awards).toHaveLength(4);
    expect(reports.staffing).toMatchObject({
      total: 45,
      reportedOn: { notBefore: '2018-07-18', notAfter: '2022-11-25' },
    });
    expect(reports.contact!.phone).toBe('02083854265');
  });

  test('Thanh Hóa: made of three in June 2003, with two campuses', () => {
    expect(unit('gdtx-thanh-hoa').life.from).toBe('2003-06-01');
    expect(unit('gdtx-thanh-hoa').predecessors).toHaveLength(3);
    expect(valueOn(unit('gdtx-dai-hoc-hong-duc').authorities, '2003-05-31')!.body).toContain('Đại học');
    const { reports, legalActs } = page('gdtx-thanh-hoa');
    expect(legalActs).toMatchObject([{ on: '2003-06', legalBasis: [] }]);
    expect(reports.campuses!.campuses.map(({ number, unit: lies }) => [number, lies])).toEqual([
      [1, 'commune-14764'],
      [2, 'commune-14833'],
    ]);
    expect(reports.departments!.departments).toHaveLength(5);
    expect(reports.training).toMatchObject({ total: 20, precision: 'about', asGiven: 'gần 20' });
  });

  test('Đông Hà: excellent in 2023, to be accredited at level 2 in 2024', () => {
    const { ratings, accreditation } = page('gdnn-gdtx-dong-ha');
    expect(ratings).toMatchObject([{ year: 2023, rating: 'excellent', ratedOn: { notAfter: '2024-03-12' } }]);
    expect(accreditation).toMatchObject({ targets: [{ year: 2024, level: 2, asGiven: 'mức độ 2' }], awarded: [] });
  });

  test('Chí Linh: looks after 19 community centres', () => {
    expect(page('gdnn-gdtx-chi-linh').reports.support!.communityCentres).toHaveLength(19);
  });
});

describe('must be refused', () => {
  const refusal = (name: string, data: object, source = 'vn', caller: World['caller'] = {}) =>
    given({ ...world, caller }, ours)
      .when({ name, data, source })
      .refused();

  test('a new name from before the centre existed', () => {
    const data = { centre: 'gdtx-thai-nguyen', name: { vi: 'Tên khác' }, effectiveOn: '1992-11-24' };
    expect(refusal('CentreRenamed', data)).toMatchObject({ slug: 'unit-not-yet' });
  });

  test('a merger of a centre that has merged already', () => {
    const data = {
      form: 'absorption',
      sources: ['kthn-son-la'],
      targets: [{ centre: 'gdtx-son-la' }],
      effectiveOn: '2020-01-01',
    };
    expect(refusal('CentresReorganised', data)).toMatchObject({ slug: 'not-alive' });
    expect(refusal('CentresReorganised', data).message).toContain('`gdtx-son-la`');
  });

  test('a rating by the centre itself', () => {
    const data = {
      centre: 'gdnn-gdtx-dong-ha',
      year: 2024,
      rating: 'excellent',
      ratedBy: { body: 'X', of: 'district-461' },
    };
    const caller = { roles: ['centre-publisher' as const], units: ['gdnn-gdtx-dong-ha'] };
    expect(refusal('RatingGiven', data, 'gdnn-gdtx-dong-ha', caller)).toMatchObject({ slug: 'not-allowed' });
  });

  test('a report of a centre of a day after it had ended', () => {
    const refused = refusal('StaffingReported', { reportedOn: '2018-10-01', total: 5 }, 'gdtx-son-la-truoc-2018');
    expect(refused).toMatchObject({ slug: 'unit-ended' });
    expect(refused.message).toContain('`gdtx-son-la`');
  });
});
