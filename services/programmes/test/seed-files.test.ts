import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseType, SOURCE_PREFIX } from '@gdtx/ledger/fact';
import { given, type TestFact } from '@gdtx/testing/given';
import type { OfferState } from '../src/offer/offer-state.js';
import type { BalancesState } from '../src/balance/balance.js';
import { registry, world } from './world.js';

/** What the five seed texts say of programmes, told to this service's own rules. That all services take theirs is seen end to end. */

interface Event {
  specversion: string;
  id: string;
  source: string;
  type: string;
  data: { source?: { title: string } };
}

const folder = join(import.meta.dirname, '../../../infra/examples/seeds');
const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
const events = files.flatMap((name) =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event),
);
const ours: TestFact[] = events
  .filter(({ type }) => parseType(type)?.service === 'programmes')
  .map(({ id, type, source, data }) => ({
    id,
    name: parseType(type)!.name,
    source: source.slice(SOURCE_PREFIX.length),
    data,
  }));

describe('the seed files', () => {
  test('are five, in the order in which they are published', () => {
    expect(files.sort()).toEqual(
      ['1-son-la', '2-thai-nguyen', '3-thanh-hoa', '4-dong-ha', '5-chi-linh'].map((name) => `${name}.ndjson`),
    );
  });

  test('hold CloudEvents with ids of their own, each naming its text', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    for (const { specversion, id, source, type, data } of events) {
      expect([
        specversion,
        source.startsWith(SOURCE_PREFIX),
        parseType(type)?.version,
        typeof data.source?.title,
      ]).toEqual(['1.0', true, 1, 'string']);
      expect(id).toMatch(/^seed-(sl|tn|th|dh|cl)-[a-z0-9-]+$/);
    }
  });
});

describe('what they say of programmes', () => {
  const story = given({ ...world, registry }, ours);
  const offered = (unit: string) => {
    const { programmes, report } = story.states.get(`offer:${unit}`) as OfferState;
    const types = [...new Set(programmes.map(({ type }) => type))].sort();
    return [
      types.map((type) => [type, programmes.filter((p) => p.type === type).length]),
      (report?.said as { openTypes?: string[] }).openTypes,
    ];
  };
  const balances = (unit: string) => (story.states.get(`balances:${unit}`) as BalancesState).balances;

  test('is accepted, and refused under other ids', () => {
    expect(ours).toHaveLength(55);
    const twice = given({ ...world, registry }, ours);
    for (const fact of ours) expect(twice.when(fact).refusal).toBeDefined();
  });

  test('are the programmes that the texts name', () => {
    expect(offered('gdtx-son-la')).toEqual([[['general-vocational', 8]], undefined]);
    expect(offered('gdtx-thai-nguyen')).toEqual([
      [
        ['general-vocational', 6],
        ['linked-degree', 9],
        ['refresher', 10],
      ],
      ['linked-degree', 'refresher', 'general-vocational'],
    ]);
    expect(offered('gdtx-thanh-hoa')).toEqual([
      [
        ['it-certificate', 1],
        ['refresher', 9],
      ],
      ['refresher'],
    ]);
  });

  test('are the numbers that they give, as precisely as they give them', () => {
    const numbers = (unit: string) =>
      balances(unit).map(({ measure, count, precision, basis }) => [measure, count, precision, basis]);
    expect(numbers('gdtx-son-la')).toEqual([
      ['trainees', 30000, 'at-least', 'total'],
      ['general-vocational-pupils', 29813, 'exact', 'total'],
    ]);
    expect(numbers('gdtx-thanh-hoa')).toEqual([
      ['refresher-trainees', 1212, 'exact', 'total'],
      ['refresher-trainees', 3627, 'exact', 'total'],
      ['refresher-trainees', 1000, 'about', 'total'],
      ['attendances', 1000, 'at-least', 'total'],
      ['linked-trainees', 700, 'about', 'yearly-average'],
      ['exam-candidates', 17591, 'exact', 'total'],
      ['certificates-issued', 17506, 'exact', 'total'],
    ]);
  });

  test('leaves no room for what would contradict it', () => {
    const balance = (data: object) =>
      given({ ...world, registry }, ours)
        .when({
          name: 'OpeningBalanceDeclared',
          source: 'gdtx-thanh-hoa',
          data: { from: '2003-06', to: '2022-02-16', ...data },
        })
        .refused().slug;
    const refreshed = { measure: 'refresher-trainees', programmeTypes: ['refresher'], count: 4839 };
    expect(balance({ ...refreshed, audience: ['tổ trưởng, khối trưởng chuyên môn các trường phổ thông'] })).toBe(
      'counted-twice',
    );
    expect(balance(refreshed)).toBe('counted-twice');
    expect(balance({ measure: 'certificates-issued', programmeTypes: ['it-certificate'], count: 17592 })).toBe(
      'more-than-candidates',
    );
  });
});
