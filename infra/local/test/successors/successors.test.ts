import { beforeAll, describe, expect, test } from '@jest/globals';
import { isWithin } from '@gdtx/territory/within';
import type { Registry } from '@gdtx/territory/registry';
import { Owners, territory } from '../../../simulate/test/owners.js';

/**
 * A successor's people see and may correct the predecessor's past, and nobody else does: decided by the owners' own rules, on
 * the whole territory, for each kind of lineage and across the reform of 2025-07-01.
 */
let country: Registry;
beforeAll(() => {
  country = territory();
}, 60_000);

type Told = [service: string, name: string, data: object];

const TODAY = '2026-03-15';
const name = (vi: string) => ({ name: { vi } });
const centre = (id: string, seat: string): Told => [
  'centres',
  'CentreEstablished',
  { centre: id, kind: 'gdnn-gdtx', ...name(id), seat, establishedOn: '2015-01-01' },
];
const begun = (id: string, seat: string) => ({ centre: id, established: { kind: 'gdnn-gdtx', ...name(id), seat } });
const reorganised = (form: string, sources: string[], targets: object[], effectiveOn = '2024-02-15'): Told => [
  'centres',
  'CentresReorganised',
  { form, sources, targets, effectiveOn },
];
const community = (id: string, commune: string): Told => [
  'community-learning',
  'CommunityCentreEstablished',
  { centre: id, commune, ...name(id), establishedOn: '2015-01-01' },
];

interface Kind {
  what: string;
  /** What became of the unit `old`, whose past it is about. */
  told: Told[];
  /** Units whose people see it and may correct it; and those whose people don't, though they did or are near. */
  theirs: string[];
  notTheirs: string[];
}

// Sơn La and Thanh Hóa are as they were; Hải Dương went into Hải Phòng, Chí Linh (district 290) into six wards.
const KINDS: Kind[] = [
  {
    what: 'renamed',
    told: [
      centre('old', 'district-116'),
      centre('near', 'district-116'),
      ['centres', 'CentreRenamed', { centre: 'old', ...name('Mới'), effectiveOn: '2024-02-15' }],
    ],
    theirs: ['old', 'province-14'],
    notTheirs: ['near', 'province-38'],
  },
  {
    what: 'moved to another province',
    told: [
      centre('old', 'province-14'),
      ['centres', 'CentreMoved', { centre: 'old', seat: 'province-38', effectiveOn: '2024-02-15' }],
    ],
    theirs: ['old', 'province-38'],
    notTheirs: ['province-14'],
  },
  {
    what: 'absorbed',
    told: [
      centre('old', 'province-14'),
      centre('heir', 'province-14'),
      centre('near', 'province-14'),
      reorganised('absorption', ['old'], [{ centre: 'heir' }]),
    ],
    theirs: ['heir', 'province-14'],
    notTheirs: ['old', 'near', 'province-38'],
  },
  {
    what: 'absorbed by one of another province',
    told: [
      centre('old', 'province-14'),
      centre('heir', 'province-38'),
      reorganised('absorption', ['old'], [{ centre: 'heir' }]),
    ],
    theirs: ['heir', 'province-38'],
    notTheirs: ['old', 'province-14'],
  },
  {
    what: 'consolidated',
    told: [
      centre('old', 'province-14'),
      centre('other', 'province-14'),
      reorganised('consolidation', ['old', 'other'], [begun('heir', 'province-14')]),
    ],
    theirs: ['heir', 'province-14'],
    notTheirs: ['old', 'other', 'province-38'],
  },
  {
    what: 'divided',
    told: [
      centre('old', 'province-14'),
      reorganised('division', ['old'], [begun('heir-1', 'province-14'), begun('heir-2', 'province-38')]),
    ],
    theirs: ['heir-1', 'heir-2', 'province-14', 'province-38'],
    notTheirs: ['old', 'province-01'],
  },
  {
    what: 'left by a part that became a centre of its own',
    told: [
      centre('old', 'province-14'),
      reorganised('separation', ['old'], [{ centre: 'old' }, begun('part', 'province-38')]),
    ],
    theirs: ['old', 'province-14'],
    notTheirs: ['part', 'province-38'],
  },
  {
    what: 'absorbed twice over',
    told: [
      ...['old', 'between', 'heir'].map((id) => centre(id, 'province-14')),
      reorganised('absorption', ['old'], [{ centre: 'between' }]),
      reorganised('absorption', ['between'], [{ centre: 'heir' }], '2025-08-01'),
    ],
    theirs: ['heir', 'province-14'],
    notTheirs: ['old', 'between'],
  },
  {
    what: 'dissolved without a successor',
    told: [
      centre('old', 'province-14'),
      centre('near', 'province-14'),
      ['centres', 'CentreDissolved', { centre: 'old', effectiveOn: '2024-02-15' }],
    ],
    theirs: ['old', 'province-14'],
    notTheirs: ['near', 'province-38'],
  },
  {
    what: 'in a province that the reform merged, its seat a city that became six wards',
    told: [centre('old', 'district-290')],
    theirs: ['old', 'province-31-2025', 'commune-10546-2025', 'commune-10603-2025'],
    notTheirs: ['province-30', 'province-31', 'district-290', 'province-24-2025'],
  },
  {
    what: 'of a ward that the reform divided',
    told: [community('old', 'commune-10570')],
    theirs: ['old', 'commune-10570-2025', 'commune-10549-2025', 'province-31-2025'],
    notTheirs: ['commune-10570', 'commune-10546-2025', 'province-30', 'district-290'],
  },
  {
    what: 'a community centre’s that was moved to another commune',
    told: [
      community('old', 'commune-10591'),
      [
        'community-learning',
        'CommunityCentreMoved',
        { centre: 'old', commune: 'commune-10570', effectiveOn: '2024-02-15' },
      ],
    ],
    theirs: ['old', 'commune-10570-2025', 'province-31-2025'],
    notTheirs: ['commune-10591', 'commune-10546-2025', 'province-30'],
  },
  {
    what: 'of one of three communes that became one ward, which then merged their centres',
    told: [
      community('old', 'commune-10591'),
      community('other', 'commune-10576'),
      [
        'community-learning',
        'CommunityCentresReorganised',
        {
          sources: ['old', 'other'],
          targets: [{ centre: 'heir', established: { commune: 'commune-10546-2025', ...name('heir') } }],
          effectiveOn: '2025-09-01',
        },
      ],
    ],
    theirs: ['heir', 'commune-10546-2025', 'province-31-2025'],
    notTheirs: ['old', 'other', 'commune-10591', 'commune-10549-2025', 'province-30'],
  },
];

/** A report of the past of `old`, with a number in it that may be wrong. */
function report(isCommunity: boolean, id: string, count: number) {
  return isCommunity
    ? { service: 'community-learning', name: 'TopicHeld', data: topic(id, count) }
    : { service: 'centres', name: 'StaffingReported', data: { reportedOn: `2023-05-0${count}`, total: count } };
}
const topic = (id: string, count: number) => ({
  ...{ topic: id, title: id, heldOn: '2023-05-04', meetings: 1, attendances: { total: count } },
});

describe.each(KINDS)('the past of one that was $what', ({ told, theirs, notTheirs }) => {
  let owners: Owners;
  let isCommunity: boolean;
  beforeAll(async () => {
    owners = new Owners(country);
    isCommunity = told[0]![0] === 'community-learning';
    for (const [i, [service, fact, data]] of told.entries()) {
      const event = { id: `told-${i}`, source: 'urn:gdtx:unit:vn', type: `vn.gdtx.${service}.${fact}.v1`, data };
      const outcome = await owners.record({ event } as never);
      if (outcome.status === 'refused') throw new Error(`${fact}: ${outcome.refusal.message}`);
    }
  });

  /** Late facts, and the correction of one that stands, by somebody with this unit in hand; and whether they see it. */
  async function tries(unit: string) {
    const { service } = report(isCommunity, '', 1);
    const owner = owners.all[service]!;
    const caller = { roles: ['centre-publisher', 'province-officer', 'commune-officer'], units: [unit] } as const;
    const asks = { roles: [...caller.roles], units: [...caller.units] };
    const say = (fact: { name: string; data: object }, by: object = asks, source = 'old') =>
      owner.record([{ name: fact.name, source, data: fact.data }], by);
    const late = (await say(report(isCommunity, `late-${unit}`, 1)))[0]!;
    const [stands] = await say(report(isCommunity, `stands-${unit}`, 2), {});
    if (stands!.status === 'refused') throw new Error(stands!.refusal.message);
    const { name: type, data } = report(isCommunity, `stands-${unit}`, 3);
    const correction = { id: `better-${unit}`, type: `vn.gdtx.${service}.${type}.v1`, data };
    const withdrawal = { unit: 'old', seq: stands!.receipt.seq, reason: 'Nhập nhầm', correction };
    const [corrected] = await say({ name: 'EntryWithdrawn', data: withdrawal });
    const slug = (outcome: typeof late) => (outcome.status === 'refused' ? outcome.refusal.slug : outcome.status);
    return [slug(late), slug(corrected!), isWithin(owner.registry, 'old', [unit], TODAY)];
  }

  test('is seen and corrected by its successor’s people', async () => {
    for (const unit of theirs) expect([unit, ...(await tries(unit))]).toEqual([unit, 'accepted', 'accepted', true]);
  });

  test('by nobody else', async () => {
    for (const unit of notTheirs) {
      expect([unit, ...(await tries(unit))]).toEqual([unit, 'not-allowed', 'not-allowed', false]);
    }
  });
});
