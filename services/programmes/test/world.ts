import { CentreDissolved, CentreEstablished, CentresReorganised } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { CommunityCentreEstablished } from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { UnitEstablished } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { onDay } from '@gdtx/territory/days';
import { Registry } from '@gdtx/territory/registry';
import { rules } from '../src/rules.js';

/** Units that the tests speak of: two centres that became one in 2018, one that was dissolved, one still to come, and so on. */
export const registry = units();

export const world: World = { service: 'programmes', rules, registry, today: '2026-01-15' };

/** The history is told by this centre; a fact may name another as its source. */
export const CENTRE = 'gdtx-son-la';

export function told(history: TestFact[] = [], more: Partial<World> = {}) {
  const scenario = given({ ...world, ...more }, history.map(bySource));
  return {
    when: (name: string, data: object, source = CENTRE) => scenario.when({ name, data, source }),
    states: scenario.states,
  };
}

export const fact = (name: string, data: object, source = CENTRE): TestFact => ({ name, data, source });

const bySource = (it: TestFact): TestFact => ({ source: CENTRE, ...it });

function units(): Registry {
  const registry = Registry.empty();
  let seq = 0;
  const say = (service: 'provinces' | 'centres' | 'community-learning', name: string, data: unknown) => {
    seq += 1;
    registry.apply({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq, recordedAt: seq } as never);
  };
  const territory = (unit: string, kind: string, parent: string) =>
    say(
      'provinces',
      'UnitEstablished',
      UnitEstablished.fromPartial({ unit, kind, parent, name: { vi: unit }, effectiveOn: onDay('1990-01-01') }),
    );
  const centre = (id: string, seat: string, from: string) =>
    say(
      'centres',
      'CentreEstablished',
      CentreEstablished.fromPartial({ centre: id, kind: 'gdtx', seat, name: { vi: id }, establishedOn: onDay(from) }),
    );

  territory('vn', 'country', '');
  for (const province of ['province-14', 'province-19', 'province-30', 'province-38', 'province-45'])
    territory(province, 'province', 'vn');
  territory('district-116', 'district', 'province-14');
  territory('district-290', 'district', 'province-30');
  territory('commune-10546', 'commune', 'district-290');
  centre('gdtx-son-la-truoc-2018', 'province-14', '1995-01-01');
  centre('kthn-son-la', 'province-14', '1995-01-01');
  centre('gdtx-thanh-hoa', 'province-38', '2003-06');
  centre('gdtx-thai-nguyen', 'province-19', '1992-11-25');
  centre('gdnn-gdtx-dong-ha', 'province-45', '2016-01-01');
  centre('gdtx-giai-the', 'province-45', '2001-01-01');
  say(
    'centres',
    'CentresReorganised',
    CentresReorganised.fromPartial({
      form: 'consolidation',
      sources: ['gdtx-son-la-truoc-2018', 'kthn-son-la'],
      targets: [
        { centre: 'gdtx-son-la', established: { kind: 'gdtx', name: { vi: 'GDTX Sơn La' }, seat: 'province-14' } },
      ],
      effectiveOn: onDay('2018-09-25'),
    }),
  );
  say(
    'centres',
    'CentreDissolved',
    CentreDissolved.fromPartial({ centre: 'gdtx-giai-the', effectiveOn: onDay('2020-03-01') }),
  );
  say(
    'community-learning',
    'CommunityCentreEstablished',
    CommunityCentreEstablished.fromPartial({
      centre: 'tthtcd-pha-lai',
      commune: 'commune-10546',
      name: { vi: 'Phả Lại' },
      knownSince: '2022-04-02',
    }),
  );
  return registry;
}
