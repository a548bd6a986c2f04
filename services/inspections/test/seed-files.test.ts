import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { CommunityCentreEstablished } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { UnitEstablished, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { parseType, SOURCE_PREFIX, typeOf } from '@gdtx/ledger/fact';
import { given, type TestFact } from '@gdtx/testing/given';
import { Registry } from '@gdtx/territory/registry';
import { rules } from '../src/rules.js';
import type { FindingState, RecommendationState, VisitState } from '../src/states.js';

/** What the seed texts of Đông Hà and Chí Linh say of inspections, told to this service's own rules. */

const folder = join(import.meta.dirname, '../../../infra/examples/seeds');
const events = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as { id: string; type: string; source: string; data: Record<string, string> });
const of = (service: string, name?: string) =>
  events.filter(({ type }) => {
    const parsed = parseType(type)!;
    return parsed.service === service && (name === undefined || parsed.name === name);
  });

const ours: TestFact[] = of('inspections').map(({ id, type, source, data }) => ({
  id,
  name: parseType(type)!.name,
  source: source.slice(SOURCE_PREFIX.length),
  data,
}));

/** The two places with their communes, as they were until the reform of 2025, and one ward of after. */
function registry(): Registry {
  const made = Registry.empty();
  let seq = 0;
  const tell = (service: string, name: string, data: unknown) =>
    made.apply({ service, type: typeOf(service, name), data, seq: ++seq, recordedAt: seq });
  const name = { vi: 'Tên', en: '' };
  const unit = (id: string, kind: string, parent: string) => {
    const effectiveOn = { on: '', notBefore: '', notAfter: '2000-01-01' };
    tell('provinces', 'UnitEstablished', UnitEstablished.fromPartial({ unit: id, kind, parent, name, effectiveOn }));
  };
  unit('vn', 'country', '');
  for (const code of ['27', '30', '45']) unit(`province-${code}`, 'province', 'vn');
  unit('district-290', 'district', 'province-30');
  unit('district-461', 'district', 'province-45');
  const communityCentres = of('community-learning', 'CommunityCentreEstablished').map(({ data }) => data);
  for (const { commune } of communityCentres) unit(commune!, 'commune', 'district-290');
  const communes = communityCentres.map(({ commune }) => commune!);
  tell(
    'provinces',
    'UnitsReorganised',
    UnitsReorganised.fromPartial({
      effectiveOn: { on: '2025-07-01', notBefore: '', notAfter: '' },
      established: [{ unit: 'commune-10546-2025', kind: 'commune', parent: 'vn', name }],
      parts: [...communes, 'district-290'].map((from) => ({ from, to: 'commune-10546-2025', extent: 'whole' })),
    }),
  );
  for (const { centre, commune, knownSince } of communityCentres) {
    const data = CommunityCentreEstablished.fromPartial({ centre, commune, knownSince, name });
    tell('community-learning', 'CommunityCentreEstablished', data);
  }
  for (const [centre, seat] of [
    ['gdnn-gdtx-dong-ha', 'district-461'],
    ['gdnn-gdtx-chi-linh', 'district-290'],
  ]) {
    const data = CentreEstablished.fromPartial({ centre, seat, kind: 'gdnn-gdtx', name, knownSince: '2022-04-02' });
    tell('centres', 'CentreEstablished', data);
  }
  return made;
}

describe('what the seed texts say of inspections', () => {
  const world = { service: 'inspections', rules, registry: registry(), today: '2026-01-15' };
  const story = given(world, ours);
  const all = <S>(prefix: string) =>
    [...story.states].filter(([key]) => key.startsWith(prefix)).map(([, state]) => state as S);

  test('is one inspection and two visits, each counted once', () => {
    expect(ours).toHaveLength(24);
    expect(all('inspection:')).toHaveLength(1);
    const visits = all<VisitState>('visit:').map(({ occurredOn, kind, units, participants, place }) => {
      return [occurredOn, kind, units.length, participants.length, place];
    });
    expect(visits).toEqual([
      ['2024-03-12', 'working-session', 1, 6, 'gdnn-gdtx-dong-ha'],
      ['2022-04-02', 'inspection', 20, expect.any(Number), 'district-290'],
    ]);
  });

  test('is three strengths and four limitations', () => {
    const places = (kind: string) =>
      all<FindingState>('finding:')
        .filter((each) => each.kind === kind)
        .map((each) => each.place);
    expect(places('strength')).toEqual(Array(3).fill('gdnn-gdtx-dong-ha'));
    expect(places('limitation').sort()).toEqual(['district-290', ...Array(3).fill('gdnn-gdtx-dong-ha')]);
  });

  test('is fourteen recommendations, and not as many as are addressed', () => {
    const places = all<RecommendationState>('recommendation:').map(({ place }) => place);
    expect(places.filter((place) => place === 'gdnn-gdtx-dong-ha')).toHaveLength(8);
    expect(places.filter((place) => place === 'district-290')).toHaveLength(6);
    expect(places).toHaveLength(14);
  });

  test('is followed up by a ward that didn’t exist then', () => {
    for (const { id } of all<RecommendationState>('recommendation:').filter(({ place }) => place === 'district-290')) {
      const data = { recommendation: id, reportedOn: '2026-01-10', text: 'Đang thực hiện.', state: 'in-progress' };
      const source = 'commune-10546-2025';
      expect(given(world, ours).when({ name: 'ProgressReported', source, data }).accepted()).toBe('vn');
    }
  });
});
