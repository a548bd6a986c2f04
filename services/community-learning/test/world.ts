import { UnitEstablished, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { typeOf } from '@gdtx/ledger/fact';
import { given, type TestFact, type World } from '@gdtx/testing/given';
import { Registry } from '@gdtx/territory/registry';
import { rules } from '../src/rules.js';

const named = (vi: string) => ({ vi, en: '' });
const onDay = (on: string) => ({ on, notBefore: '', notAfter: '' });
const knownBy = (notAfter: string) => ({ on: '', notBefore: '', notAfter });

function told(): Registry {
  const registry = Registry.empty();
  let seq = 0;
  const tell = (service: string, name: string, data: unknown) =>
    registry.apply({ service, type: typeOf(service, name), data, seq: ++seq, recordedAt: seq });
  const unit = (id: string, kind: string, parent: string, effectiveOn = knownBy('2000-01-01')) =>
    tell(
      'provinces',
      'UnitEstablished',
      UnitEstablished.fromPartial({ unit: id, kind, parent, name: named(id), effectiveOn }),
    );

  unit('vn', 'country', '');
  unit('province-30', 'province', 'vn');
  unit('province-14', 'province', 'vn');
  unit('district-290', 'district', 'province-30');
  for (const code of ['10546', '10576', '10591']) unit(`commune-${code}`, 'commune', 'district-290');
  // A commune that began in the middle of a year.
  unit('commune-young', 'commune', 'district-290', onDay('2004-03-15'));
  tell(
    'provinces',
    'UnitsReorganised',
    UnitsReorganised.fromPartial({
      effectiveOn: onDay('2025-07-01'),
      established: [
        { unit: 'province-31-2025', kind: 'province', parent: 'vn', name: named('Hải Phòng') },
        { unit: 'commune-10546-2025', kind: 'commune', parent: 'province-31-2025', name: named('Chí Linh') },
      ],
      parts: [
        { from: 'province-30', to: 'province-31-2025', extent: 'whole' },
        ...['commune-10546', 'commune-10576', 'commune-10591', 'district-290'].map((from) => ({
          from,
          to: 'commune-10546-2025',
          extent: 'whole',
        })),
      ],
      moved: [{ unit: 'commune-young', parent: 'province-31-2025' }],
    }),
  );
  tell(
    'centres',
    'CentreEstablished',
    CentreEstablished.fromPartial({
      centre: 'gdnn-gdtx-chi-linh',
      kind: 'gdnn-gdtx',
      name: named('Trung tâm GDNN - GDTX Chí Linh'),
      seat: 'district-290',
      knownSince: '2022-04-02',
    }),
  );
  return registry;
}

/** Chí Linh before and after the reform of 2025, a province apart, and a vocational centre. Nobody counted anything yet. */
export const world: World = { service: 'community-learning', rules, registry: told(), today: '2026-01-15' };

/** A community centre in the old commune of that code, since a day. */
export function centre(id: string, code = '10546', knownSince = '2022-04-02'): TestFact {
  return {
    name: 'CommunityCentreEstablished',
    source: `commune-${code}`,
    data: { centre: id, commune: `commune-${code}`, name: { vi: `TTHTCĐ ${id}` }, knownSince },
  };
}

/** A world in which `tthtcd-1` (since 2022-04-02) and what else is told exists. */
export function withCentre(history: TestFact[] = [], caller: World['caller'] = {}) {
  return given({ ...world, caller }, [centre('tthtcd-1'), ...history]);
}
