import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import { startSeededPlatform, type SeededPlatform } from '../../local/test/seeds/seeded-platform.js';
import { simulate } from '../src/main.js';
import type { SimulatedFact } from '../src/nation/fact.js';
import { nationOf } from '../src/nation/nation.js';
import { provincesOf2024 } from './reference.js';

/** Two provinces of a simulated nation beside the five real centres, on real engines. */

const CODES = ['14', '19'];
const FACTS = 3000;
const nation = nationOf({ seed: '7', facts: FACTS, territory: provincesOf2024(...CODES) });
const reports = [...nation.reports()];

let on: SeededPlatform;
let said: string[];
let code: number;

async function publish(): Promise<{ code: number; said: string[] }> {
  const token = await on.platform.token({
    sub: 'simulate',
    roles: ['registrar', 'province-officer', 'commune-officer', 'centre-publisher'],
    units: ['vn'],
  });
  const asked = ['--seed', '7', '--facts', String(FACTS), '--provinces', CODES.join(',')];
  const lines: string[] = [];
  const url = on.platform.gatewayUrl;
  const answer = await simulate([...asked, '--url', url, '--token', token], (line) => lines.push(line));
  return { code: answer, said: lines };
}

beforeAll(async () => {
  on = await startSeededPlatform('simulate');
  ({ code, said } = await publish());
}, 400_000);
afterAll(() => on?.stop(), 60_000);

/** What stands in the end of a fact type: corrected facts as they were corrected, without what was taken back. */
function standing(name: string): Record<string, unknown>[] {
  const facts = new Map<string, Record<string, unknown>>();
  for (const { event, earns, names } of reports as SimulatedFact[]) {
    const type = event.type.split('.')[3];
    if (earns) continue;
    if (type === name) facts.set(event.id, event.data);
    if (type !== 'EntryWithdrawn' || !facts.has(names!.id)) continue;
    const correction = event.data.correction as { data: Record<string, unknown> } | undefined;
    if (correction) facts.set(names!.id, correction.data);
    else facts.delete(names!.id);
  }
  return [...facts.values()];
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

describe('npm run simulate', () => {
  test('publishes two provinces, and nothing is refused but what was sent to be', () => {
    expect(said.filter((line) => line.startsWith('    '))).toEqual([]);
    expect(code).toBe(0);
    const units = said.find((line) => line.startsWith('  units: '));
    expect(units).toBe(`  units: ${nation.registry.length} accepted, 0 duplicate, 0 refused`);
  });

  test('what it says is in the figures, by any map', async () => {
    const topics = standing('TopicHeld');
    const attended = sum(topics.map(({ attendances }) => (attendances as { total: number }).total));
    await eventually(async () => {
      expect((await on.figure('topics-held', 'vn')).value).toBe(topics.length);
    }, 60_000);
    for (const map of ['then', 'today']) {
      for (const by of ['province', 'commune', 'month']) {
        const figure = await on.figure('attendances', 'vn', { from: '2021-01', to: '2025-12', map, by });
        expect(figure.value).toBe(attended);
        expect(sum(figure.rows.map((row: { value: number }) => row.value))).toBe(attended);
      }
    }
  });

  test('figures that it is part of say so, and their sources and CSV do; those of real centres don’t', async () => {
    const figure = await on.figure('attendances', 'vn', { by: 'province', from: '2021-01' });
    expect(figure.simulated).toBe(true);
    for (const row of figure.rows) expect(row.simulated).toBe(true);
    const centres = await on.figure('centres', 'vn', { by: 'province' });
    const marked = centres.rows.filter((row: { simulated?: boolean }) => row.simulated);
    expect(marked.map(({ key }: { key: string }) => key)).toEqual(['province-14', 'province-19-2025']);
    expect(centres.rows.length).toBeGreaterThan(marked.length);
    expect(await on.figure('general-vocational-pupils', 'gdtx-son-la')).not.toHaveProperty('simulated');
    const { entries, end } = await on.sources('attendances', 'province-14', { from: '2024-01', to: '2024-03' });
    expect(end).toMatchObject({ equal: true, figure: { simulated: true } });
    for (const entry of entries) expect(entry.simulated).toBe(true);
    const csv = await on.get('/v1/figures?indicator=attendances&unit=province-14&by=year&format=csv');
    expect(csv.body).toContain('# simulated,true');
  });

  test('published again, everything is known already', async () => {
    const again = await publish();
    expect(again.code).toBe(0);
    const units = again.said.find((line) => line.startsWith('  units: '));
    expect(units).toBe(`  units: 0 accepted, ${nation.registry.length} duplicate, 0 refused`);
    expect(again.said.some((line) => /reports: 0 accepted, /.test(line))).toBe(true);
  }, 180_000);

  test('its units say that they are simulated, real ones don’t', async () => {
    const unit = async (id: string) => (await on.get(`/v1/units/${id}`)).body;
    expect(await unit('sim-7-gdtx-14')).toMatchObject({ simulated: true });
    expect(await unit('gdtx-son-la')).not.toHaveProperty('simulated');
    const { body } = await on.get('/v1/units?kind=community-centre&q=mô%20phỏng&limit=5');
    expect(body.units.length).toBe(5);
    for (const each of body.units) expect(each.simulated).toBe(true);
    const lineage = await on.get('/v1/units/sim-7-gdtx-14/lineage');
    expect(lineage.body.units[0]).toMatchObject({ simulated: true });
  });

  test('a simulated unit and a real one are never put together', async () => {
    const fact = {
      ...{ specversion: '1.0', id: 'mixed', source: 'urn:gdtx:unit:vn', type: 'vn.gdtx.centres.CentresReorganised.v1' },
      data: {
        ...{ form: 'absorption', sources: ['sim-7-gdtx-14'], targets: [{ centre: 'gdtx-son-la' }] },
        effectiveOn: '2026-01-10',
      },
    };
    const { body } = await on.post([fact]);
    expect(body.results[0].refusal).toMatchObject({ slug: 'simulated' });
  });
});
