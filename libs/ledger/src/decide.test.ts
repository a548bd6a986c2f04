import { expect, test } from '@jest/globals';
import { CentreEstablished } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { LearnersEnrolled } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { UnitEstablished } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import type { Role } from '@gdtx/service-kit/tokens';
import { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { decide } from './decide.js';
import { defineFact } from './define-fact.js';
import type { Fact } from './fact.js';
import * as form from './forms.js';

const rule = defineFact({
  name: 'LearnersEnrolled',
  title: { vi: 'x', en: 'x' },
  description: 'x',
  ledger: 'source',
  roles: ['centre-publisher', 'province-officer', 'commune-officer'],
  message: LearnersEnrolled,
  schema: z.strictObject({ class: form.ownId, occurredOn: form.day, learners: form.breakdown, ...form.noteAndSource }),
  example: { source: 'c', data: {} },
  keys: () => [],
  decide: () => undefined,
  evolve: () => ({}),
});

/** A ward with a centre and a community centre in it. */
function ward(): Registry {
  const registry = Registry.empty();
  const on = { on: '2000-01-01', notBefore: '', notAfter: '' };
  const names = { name: { vi: 'x' }, effectiveOn: on };
  const say = (service: string, name: string, data: object, seq: number) =>
    registry.apply({ service, type: `vn.gdtx.${service}.${name}.v1`, data, seq, recordedAt: 1 } as never);
  say('provinces', 'UnitEstablished', UnitEstablished.fromPartial({ unit: 'vn', kind: 'country', ...names }), 1);
  say(
    'provinces',
    'UnitEstablished',
    UnitEstablished.fromPartial({ unit: 'p', kind: 'province', parent: 'vn', ...names }),
    2,
  );
  say(
    'provinces',
    'UnitEstablished',
    UnitEstablished.fromPartial({ unit: 'w', kind: 'commune', parent: 'p', ...names }),
    3,
  );
  say(
    'centres',
    'CentreEstablished',
    CentreEstablished.fromPartial({ centre: 'c', kind: 'gdtx', seat: 'w', name: { vi: 'c' }, establishedOn: on }),
    1,
  );
  return registry;
}

test.each<[string, Role[], string[], string, string]>([
  ['the centre’s own publisher', ['centre-publisher'], ['c'], 'c', 'accepted'],
  ['an officer of its province', ['province-officer'], ['p'], 'c', 'accepted'],
  ['an officer of the ward that its seat lies in', ['commune-officer'], ['w'], 'c', 'not-allowed'],
  ['a commune officer of everything', ['commune-officer'], ['vn'], 'c', 'not-allowed'],
  ['the ward’s officer for the ward', ['commune-officer'], ['w'], 'w', 'accepted'],
  ['a publisher of another centre', ['centre-publisher'], ['d'], 'c', 'not-allowed'],
  ['a role that isn’t among the type’s', ['inspector'], ['vn'], 'c', 'not-allowed'],
  ['anybody for a unit that isn’t', ['centre-publisher'], ['c'], 'nowhere', 'unit-unknown'],
])('%s', (_, roles, units, source, outcome) => {
  const data = LearnersEnrolled.fromPartial({ class: 'k', occurredOn: '2024-09-05', learners: { total: 1 } });
  const fact: Fact = { id: 'f', type: 'vn.gdtx.programmes.LearnersEnrolled.v1', source, time: '', data };
  const states = { get: () => undefined };
  const context = { today: '2026-01-15', registry: ward(), headOf: () => 0 };
  const decision = decide(rule, fact, { subject: 's', roles, units }, states, context);
  expect(decision.accepted ? 'accepted' : decision.refusal.slug).toBe(outcome);
});
