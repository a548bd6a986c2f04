import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { lineageOf } from '../src/lineage.js';
import { Told } from './facts.js';

/** The territory and the five seed texts as the registry has them. */
const told = new Told();
for (const file of [
  'reference/00-territory-bac-thai',
  'reference/01-territory',
  'examples/seeds/1-son-la',
  'examples/seeds/2-thai-nguyen',
  'examples/seeds/3-thanh-hoa',
  'examples/seeds/4-dong-ha',
  'examples/seeds/5-chi-linh',
]) {
  const lines = readFileSync(new URL(`../../../infra/${file}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const { type, data } of lines.map((line) => JSON.parse(line))) {
    const [, , service, name] = type.split('.');
    if (['provinces', 'centres', 'community-learning'].includes(service)) told.add(service, name, data);
  }
}
const registry = told.registry();

const graph = (...units: string[]) => {
  const { units: found, edges } = lineageOf(registry, units);
  return {
    units: found.map(({ record, steps }) => `${steps} ${record.id}`),
    edges: edges.map(({ from, to, on, form, legalBasis }) =>
      `${from} ${form} ${to} ${on} ${legalBasis.map(({ number }) => number || '–').join(' ')}`.trimEnd(),
    ),
  };
};
const reform = '203/2025/QH15 72/2025/QH15 76/2025/UBTVQH15';

describe('the lineage of the seeds', () => {
  test('Sơn La: two became one', () => {
    expect(graph('gdtx-son-la')).toEqual({
      units: ['-1 gdtx-son-la-truoc-2018', '-1 kthn-son-la', '0 gdtx-son-la'],
      edges: [
        'gdtx-son-la-truoc-2018 consolidation gdtx-son-la 2018-09-25 2343/QĐ-UBND',
        'kthn-son-la consolidation gdtx-son-la 2018-09-25 2343/QĐ-UBND',
      ],
    });
  });

  test('Sơn La: from a predecessor one sees the successor, and not what else went into it', () => {
    expect(graph('kthn-son-la').units).toEqual(['0 kthn-son-la', '1 gdtx-son-la']);
  });

  test('Thái Nguyên: took another one in and lives on; its seat goes back to Bắc Thái and on to wards', () => {
    expect(graph('gdtx-thai-nguyen')).toEqual({
      units: ['0 gdtx-thai-nguyen', '-1 kthn-thai-nguyen'],
      edges: ['kthn-thai-nguyen absorption gdtx-thai-nguyen 2018-07-18 2127/QĐ-UBND'],
    });
    const seats = registry.unit('gdtx-thai-nguyen')!.parents.map((span) => span.value);
    expect(seats).toEqual(['district-164']);
    const { edges } = graph(...seats);
    expect(edges[0]).toBe(
      `district-164 level-ended ${registry.unit('district-164')!.successors[0]!.other} 2025-07-01 202/2025/QH15 1683/NQ-UBTVQH15 ${reform}`,
    );
  });

  test('the province of Thái Nguyên: all of its two changes', () => {
    expect(graph('province-19-2025')).toEqual({
      units: ['-2 province-bac-thai', '-1 province-06', '-1 province-19', '0 province-19-2025'],
      edges: [
        'province-bac-thai division province-06 1997-01-01 –',
        'province-bac-thai division province-19 1997-01-01 –',
        `province-06 consolidation province-19-2025 2025-07-01 202/2025/QH15 1683/NQ-UBTVQH15 ${reform}`,
        `province-19 consolidation province-19-2025 2025-07-01 202/2025/QH15 1683/NQ-UBTVQH15 ${reform}`,
      ],
    });
  });

  test('Thanh Hóa: three became one, on a date given to the month, by a decision that isn’t known', () => {
    const { units, edges } = lineageOf(registry, ['gdtx-thanh-hoa']);
    expect(units).toHaveLength(4);
    expect(edges.map(({ form, given, legalBasis }) => [form, given!.on, legalBasis])).toEqual(
      Array.from({ length: 3 }, () => ['consolidation', '2003-06', []]),
    );
  });

  test('Đông Hà: a city that became two wards', () => {
    expect(graph('district-461').units).toEqual(['0 district-461', '1 commune-19333-2025', '1 commune-19351-2025']);
  });

  test('Chí Linh: a ward that is divided, whole in no one’s hands', () => {
    const { edges } = lineageOf(registry, ['commune-10570']);
    expect(edges.map(({ to, extent, default: mostly, form }) => [to, extent, mostly, form])).toEqual([
      ['commune-10549-2025', 'part', false, 'rearrangement'],
      ['commune-10570-2025', 'part', true, 'rearrangement'],
    ]);
  });

  test('Chí Linh: a ward of 2025 goes back to all that went into it', () => {
    const { units } = graph('commune-10546-2025');
    expect(units).toEqual([
      '-1 commune-10546',
      '-1 commune-10576',
      '-1 commune-10591',
      '-1 district-290',
      '0 commune-10546-2025',
    ]);
  });
});
