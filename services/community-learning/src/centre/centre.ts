import {
  CommunityCentreDissolved,
  CommunityCentreEstablished,
  CommunityCentresReorganised,
  type NewCommunityCentre,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, onDay, type Day, type GivenDate } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { newPage, pageKey, unitKey } from '../page.js';
import { happened, notMixed, saysSimulated, staysAsItWas } from '@gdtx/ledger/registry-rules';
import { inLivingCommune, livesOn, ROLES } from './checks.js';
import * as forms from './centre-facts.js';

/** The life of a community centre: the state document `unit:<id>`. */
export interface CommunityCentreLife {
  id: string;
  /** Its first day; of one that is only known to exist by a day, that day. */
  from: Day;
  /** The day on which it no longer lived. */
  to: Day | null;
}

export const communityCentreEstablished = defineFact<CommunityCentreEstablished, typeof forms.established>({
  name: 'CommunityCentreEstablished',
  title: { vi: 'Thành lập TTHTCĐ', en: 'Community centre established' },
  description:
    'A community learning centre begins, or is known to exist since a day. A commune may have several: a ward of 2025 inherits those of the communes that it was made of.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreEstablished,
  schema: forms.established,
  example: {
    source: 'commune-10546',
    data: {
      centre: 'tthtcd-pha-lai',
      commune: 'commune-10546',
      name: { vi: 'TTHTCĐ phường Phả Lại', en: 'Phả Lại community learning centre' },
      knownSince: '2022-04-02',
    },
  },
  keys: ({ data }) => [unitKey(data.centre), pageKey(data.centre)],
  writes: ({ data }) => [data.commune],
  decide: ({ data }, _states, { registry, today }) => {
    const start = data.establishedOn ?? onDay(data.knownSince);
    return firstRefusal(
      () => unitIsNew(registry, data.centre, 'data.centre'),
      () => staysAsItWas(registry, data.centre, data.simulated, 'data.simulated'),
      () => happened(start, today, data.knownSince ? 'data.knownSince' : 'data.establishedOn'),
      () => inLivingCommune(registry, data.commune, start, 'data.commune'),
    );
  },
  evolve: ({ data }) => begun(data.centre, data.commune, data.knownSince || firstDay(data.establishedOn)),
});

export const communityCentresReorganised = defineFact<CommunityCentresReorganised, typeof forms.reorganised>({
  name: 'CommunityCentresReorganised',
  title: { vi: 'Sắp xếp, sáp nhập TTHTCĐ', en: 'Community centres reorganised' },
  description:
    'Any merger or split of community learning centres. The sources end, unless they are also a target; a target with `established` is new, one without lives on.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentresReorganised,
  schema: forms.reorganised,
  example: {
    source: 'commune-10546-2025',
    data: {
      sources: ['tthtcd-pha-lai', 'tthtcd-co-thanh', 'tthtcd-nhan-hue'],
      targets: [
        {
          centre: 'tthtcd-chi-linh',
          default: true,
          established: { commune: 'commune-10546-2025', name: { vi: 'TTHTCĐ phường Chí Linh' } },
        },
      ],
      effectiveOn: '2025-09-01',
      legalBasis: [{ number: '15/QĐ-UBND', issuedOn: '2025-08-25', issuer: 'UBND phường Chí Linh' }],
    },
  },
  keys: ({ data }) => {
    const centres = [...new Set([...data.sources, ...data.targets.map((t) => t.centre)])];
    const fresh = data.targets.filter((t) => t.established).map((t) => t.centre);
    return [...centres.map(unitKey), ...fresh.map(pageKey)];
  },
  writes: ({ data }) => [
    ...data.sources,
    ...data.targets.map((target) => target.established?.commune ?? target.centre),
  ],
  decide: ({ data }, _states, context) => decideReorganisation(data, context),
  evolve: ({ data }, states) => {
    const day = firstDay(data.effectiveOn);
    const targets = new Map(data.targets.map((target) => [target.centre, target.established]));
    const ending = data.sources.filter((source) => !targets.has(source));
    return {
      ...Object.assign({}, ...ending.map((centre) => ended(states, centre, day))),
      ...Object.assign({}, ...[...targets].map(([centre, fresh]) => (fresh ? begun(centre, fresh.commune, day) : {}))),
    };
  },
});

export const communityCentreDissolved = defineFact<CommunityCentreDissolved, typeof forms.dissolved>({
  name: 'CommunityCentreDissolved',
  title: { vi: 'Giải thể TTHTCĐ', en: 'Community centre dissolved' },
  description: 'A community learning centre ends without a successor.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreDissolved,
  schema: forms.dissolved,
  example: {
    source: 'commune-10546-2025',
    data: { centre: 'tthtcd-chi-linh', effectiveOn: '2025-12-31', legalBasis: [{ issuer: 'UBND phường Chí Linh' }] },
  },
  keys: ({ data }) => [unitKey(data.centre)],
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) => {
    const day = firstDay(data.effectiveOn);
    return firstRefusal(
      () => happened(data.effectiveOn!, today, 'data.effectiveOn'),
      () => mayEnd(registry, data.centre, day, 'data.centre'),
    );
  },
  evolve: ({ data }, states) => ended(states, data.centre, firstDay(data.effectiveOn)),
});

function decideReorganisation(
  { sources, targets, effectiveOn }: CommunityCentresReorganised,
  { registry, today }: Context,
): Refusal | undefined {
  const date = effectiveOn!;
  const day = firstDay(date);
  const livingOn = new Set(targets.filter((t) => !t.established).map((t) => t.centre));
  return firstRefusal(
    () => happened(date, today, 'data.effectiveOn'),
    ...sources.map((source, i) => () => {
      if (livingOn.has(source)) return undefined;
      return mayEnd(registry, source, day, `data.sources.${i}`);
    }),
    ...targets.map(({ centre, established }, i) => () => {
      const path = `data.targets.${i}`;
      return established ? mayBegin(registry, centre, established, date, path) : livesOn(registry, centre, day, path);
    }),
    () =>
      somethingChanges(
        sources,
        targets.map((t) => t.centre),
        livingOn,
      ),
    () => allSimulatedOrNone(registry, sources, targets),
  );
}

/** All who take part are simulated, or none is. */
function allSimulatedOrNone(
  registry: Registry,
  sources: readonly string[],
  targets: CommunityCentresReorganised['targets'],
): Refusal | undefined {
  const simulated = registry.unit(sources[0]!)?.simulated ?? false;
  return firstRefusal(
    ...sources.map((source, i) => () => notMixed(registry, simulated, source, `data.sources.${i}`)),
    ...targets.map(({ centre, established }, i) => () => {
      const path = `data.targets.${i}`;
      if (!established) return notMixed(registry, simulated, centre, `${path}.centre`);
      return firstRefusal(
        () => saysSimulated(simulated, established.simulated, `${path}.established`),
        () => staysAsItWas(registry, centre, simulated, `${path}.centre`),
      );
    }),
  );
}

/** A unit that ends lived the day before, hasn't ended already, and nothing in the ledger happened to it since. */
function mayEnd(registry: Registry, centre: string, day: Day, path: string): Refusal | undefined {
  const wrong = unitOfKind(registry, centre, ['community-centre'], path);
  if (wrong) return wrong;
  const { life, changes } = registry.unit(centre)!;
  if (life.to !== null) return refuse('not-alive', `\`${centre}\` ended on ${life.to} already.`, path);
  // Of one that is only known to have existed by a day, that day is the first certain one.
  const known = life.from ?? firstDay(life.givenFrom);
  if (day <= known) {
    return refuse('not-alive', `\`${centre}\` existed on ${known}; it can't have ended on ${day}.`, path);
  }
  const later = changes.find((change) => change.on >= day);
  if (!later) return undefined;
  const message = `\`${centre}\` can't have ended on ${day}: something is recorded of it on ${later.on} (${later.kind}).`;
  return refuse('contradicts', message, path);
}

function mayBegin(
  registry: Registry,
  centre: string,
  { commune }: NewCommunityCentre,
  date: GivenDate,
  path: string,
): Refusal | undefined {
  return firstRefusal(
    () => unitIsNew(registry, centre, `${path}.centre`),
    () => inLivingCommune(registry, commune, date, `${path}.established.commune`),
  );
}

/** Ids are never reused, whoever had them: also not that of a centre or of territory. */
function unitIsNew(registry: Registry, unit: string, path: string): Refusal | undefined {
  if (!registry.unit(unit)) return undefined;
  return refuse('exists-already', `There is a unit \`${unit}\` already; ids are never used again.`, path);
}

function somethingChanges(sources: string[], targets: string[], livingOn: ReadonlySet<string>): Refusal | undefined {
  const ends = sources.some((source) => !livingOn.has(source));
  const begins = targets.some((centre) => !livingOn.has(centre));
  if (ends || begins) return undefined;
  return refuse('nothing-changes', 'No centre ends and none begins: this reorganises nothing.', 'data.targets');
}

function begun(id: string, commune: string, from: Day): Record<string, unknown> {
  const life: CommunityCentreLife = { id, from, to: null };
  return { [unitKey(id)]: life, [pageKey(id)]: newPage(id, commune) };
}

function ended(states: States, id: string, to: Day): Record<string, unknown> {
  const life = states.get<CommunityCentreLife>(unitKey(id));
  return { [unitKey(id)]: { ...(life ?? { id, from: to }), to } };
}
