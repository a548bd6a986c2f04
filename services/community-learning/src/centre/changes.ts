import {
  CommunityCentreMoved,
  CommunityCentreRenamed,
  CommunityCentreResumed,
  CommunityCentreSuspended,
} from '@gdtx/contracts/gen/gdtx/community_learning/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { canBeSuspended, canResume, happened, notChangedThatDay } from '@gdtx/ledger/registry-rules';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import { firstDay, type Day, type GivenDate } from '@gdtx/territory/days';
import { valueOn, type UnitRecord } from '@gdtx/territory/records';
import { unitKey } from '../page.js';
import * as forms from './centre-facts.js';
import { inLivingCommune, livesOn, ROLES } from './checks.js';

/** What changes of a community centre that lives on. */

export const communityCentreRenamed = defineFact<CommunityCentreRenamed, typeof forms.renamed>({
  name: 'CommunityCentreRenamed',
  title: { vi: 'Đổi tên TTHTCĐ', en: 'Community centre renamed' },
  description: 'A community learning centre takes another name and lives on, as where its commune took one.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreRenamed,
  schema: forms.renamed,
  example: {
    source: 'commune-10546-2025',
    data: {
      centre: 'tthtcd-pha-lai',
      name: { vi: 'TTHTCĐ phường Chí Linh' },
      effectiveOn: '2025-09-01',
      legalBasis: [{ number: '15/QĐ-UBND', issuedOn: '2025-08-25', issuer: 'UBND phường Chí Linh' }],
    },
  },
  keys: ({ data }) => [unitKey(data.centre)],
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, context) =>
    changeable(context, data, (centre, day) => {
      const before = valueOn(centre.names, day);
      if (before?.vi === data.name!.vi && (!data.name!.en || before.en === data.name!.en)) {
        return refuse('unchanged', `Of ${day}, \`${data.centre}\` was called so already.`, 'data.name');
      }
      return notChangedThatDay(centre, day, (other) => other.kind === 'renamed', 'data.effectiveOn');
    }),
  evolve: () => ({}),
});

export const communityCentreMoved = defineFact<CommunityCentreMoved, typeof forms.moved>({
  name: 'CommunityCentreMoved',
  title: { vi: 'Chuyển địa điểm TTHTCĐ', en: 'Community centre moved' },
  description:
    'A community learning centre lies in another commune, or at another address, from a day on. Where its commune became another one, it needs no fact: it goes along.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreMoved,
  schema: forms.moved,
  example: {
    source: 'commune-10546-2025',
    data: {
      centre: 'tthtcd-pha-lai',
      commune: 'commune-10552-2025',
      address: 'Khu dân cư Bình Giang',
      effectiveOn: '2025-10-01',
      legalBasis: [{ number: '21/QĐ-UBND', issuedOn: '2025-09-25', issuer: 'UBND thành phố Hải Phòng' }],
    },
  },
  keys: ({ data }) => [unitKey(data.centre)],
  writes: ({ data }) => [data.centre, ...(data.commune ? [data.commune] : [])],
  decide: ({ data }, _states, context) =>
    changeable(context, data, (centre, day) => {
      const { commune, address, effectiveOn } = data;
      const isThere = !commune || valueOn(centre.parents, day) === commune;
      const isAt = !address || valueOn(centre.addresses, day) === address;
      return firstRefusal(
        () => (commune ? inLivingCommune(context.registry, commune, effectiveOn!, 'data.commune') : undefined),
        () =>
          isThere && isAt ? refuse('unchanged', `Of ${day}, \`${centre.id}\` was there already.`, 'data') : undefined,
        () => notChangedThatDay(centre, day, (other) => other.kind === 'moved', 'data.effectiveOn'),
      );
    }),
  evolve: () => ({}),
});

export const communityCentreSuspended = defineFact<CommunityCentreSuspended, typeof forms.suspended>({
  name: 'CommunityCentreSuspended',
  title: { vi: 'Tạm dừng hoạt động TTHTCĐ', en: 'Community centre suspended' },
  description:
    'A community learning centre doesn’t work from a day on, until another where that is known; it goes on existing, and no report is expected of it.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreSuspended,
  schema: forms.suspended,
  example: {
    source: 'commune-10546',
    data: { centre: 'tthtcd-pha-lai', from: '2023-05-10', until: '2023-09-06' },
  },
  keys: ({ data }) => [unitKey(data.centre)],
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) => {
    const from = firstDay(data.from);
    return firstRefusal(
      () => happened(data.from, today, 'data.from'),
      () => livesOn(registry, data.centre, from, 'data'),
      () => canBeSuspended(registry.unit(data.centre)!, from, data.until || null),
    );
  },
  evolve: () => ({}),
});

export const communityCentreResumed = defineFact<CommunityCentreResumed, typeof forms.resumed>({
  name: 'CommunityCentreResumed',
  title: { vi: 'TTHTCĐ hoạt động trở lại', en: 'Community centre resumed' },
  description:
    'A suspended community learning centre works again from a day on, sooner than its suspension said or where that didn’t say until when.',
  ledger: 'vn',
  roles: ROLES,
  message: CommunityCentreResumed,
  schema: forms.resumed,
  example: {
    source: 'commune-10546',
    data: { centre: 'tthtcd-pha-lai', effectiveOn: '2023-08-15' },
  },
  keys: ({ data }) => [unitKey(data.centre)],
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, context) => changeable(context, data, canResume),
  evolve: () => ({}),
});

/** A change on a day that has come, of a community centre that lives on it. */
function changeable(
  { registry, today }: Context,
  { centre, effectiveOn }: { centre: string; effectiveOn: GivenDate | undefined },
  more: (centre: UnitRecord, day: Day) => Refusal | undefined,
): Refusal | undefined {
  const day = firstDay(effectiveOn);
  return firstRefusal(
    () => happened(effectiveOn, today, 'data.effectiveOn'),
    () => livesOn(registry, centre, day, 'data'),
    () => more(registry.unit(centre)!, day),
  );
}
