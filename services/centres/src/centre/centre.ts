import type { GivenDate, Name } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitKnown, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, onDay, type Day } from '@gdtx/territory/days';
import { valueOn, type Change, type UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { centreKeys, changed, legalAct, withAct } from '../centre-page.js';
import {
  canBeSuspended,
  canEnd,
  canResume,
  happened,
  idUnused,
  notChangedThatDay,
  notMixed,
  staysAsItWas,
} from '@gdtx/ledger/registry-rules';
import { bodyOf, centreAlive, each, place } from '../checks.js';
import {
  authorityChanged,
  centreDissolved,
  centreEstablished,
  centreKindChanged,
  centreMoved,
  centreRenamed,
  operationResumed,
  operationSuspended,
} from './centre-facts.js';

/** Decisions on the life of one centre. What is known of centres is in the registry; the page keeps what each change rests on. */

const established = defineFact({
  ...centreEstablished,
  keys: ({ data }) => centreKeys(data.centre),
  // The centre itself is nobody's yet: it is established by who may write to where it lies.
  writes: ({ data }) => [data.seat],
  decide({ data }, _states, { registry, today }) {
    const day = firstDay(data.establishedOn) || data.knownSince;
    return firstRefusal(
      () => happened(data.establishedOn, today, 'data.establishedOn'),
      () => notInFuture(data.knownSince, today, 'data.knownSince'),
      () => idUnused(registry, data.centre, 'data.centre'),
      () => staysAsItWas(registry, data.centre, data.simulated, 'data.simulated'),
      () => place(registry, data.seat, day, 'data.seat'),
      () => bodyOf(registry, data.authority, day, 'data.authority'),
      () =>
        each(data.formedFrom, 'data.formedFrom', ({ unit }, path) =>
          unit
            ? (unitKnown(registry, unit, `${path}.unit`) ?? notMixed(registry, data.simulated, unit, `${path}.unit`))
            : undefined,
        ),
    );
  },
  evolve: (fact, states) => {
    const given = fact.data.establishedOn ?? onDay(fact.data.knownSince);
    return changed(states, fact.data.centre, (page) => withAct(page, legalAct(fact, 'CentreEstablished', given)));
  },
});

const renamed = defineFact({
  ...centreRenamed,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) =>
    changeable(registry, data, today, (centre, day) =>
      firstRefusal(
        () => differs(sameName(centre, data.name!, day) && sameKind(centre, data.kind, day), centre, day),
        () => notChangedThatDay(centre, day, (other) => clash(other, data), 'data.effectiveOn'),
      ),
    ),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) => withAct(page, legalAct(fact, 'CentreRenamed', fact.data.effectiveOn!))),
});

const kindChanged = defineFact({
  ...centreKindChanged,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) =>
    changeable(registry, data, today, (centre, day) =>
      firstRefusal(
        () => differs(sameKind(centre, data.kind, day), centre, day),
        () => notChangedThatDay(centre, day, (other) => clash(other, data), 'data.effectiveOn'),
      ),
    ),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) =>
      withAct(page, legalAct(fact, 'CentreKindChanged', fact.data.effectiveOn!)),
    ),
});

const newAuthority = defineFact({
  ...authorityChanged,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) =>
    changeable(registry, data, today, (centre, day) => {
      const before = valueOn(centre.authorities, day);
      return firstRefusal(
        () => bodyOf(registry, data.authority, day, 'data.authority'),
        () => differs(before?.body === data.authority!.body && before.of === data.authority!.of, centre, day),
        () => notChangedThatDay(centre, day, (other) => other.kind === 'authority-changed', 'data.effectiveOn'),
      );
    }),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) =>
      withAct(page, legalAct(fact, 'AuthorityChanged', fact.data.effectiveOn!)),
    ),
});

const moved = defineFact({
  ...centreMoved,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre, ...(data.seat ? [data.seat] : [])],
  decide: ({ data }, _states, { registry, today }) =>
    changeable(registry, data, today, (centre, day) => {
      const sameSeat = !data.seat || valueOn(centre.parents, day) === data.seat;
      const sameAddress = !data.address || valueOn(centre.addresses, day) === data.address;
      return firstRefusal(
        () => (data.seat ? place(registry, data.seat, day, 'data.seat') : undefined),
        () => differs(sameSeat && sameAddress, centre, day),
        () => notChangedThatDay(centre, day, (other) => other.kind === 'moved', 'data.effectiveOn'),
      );
    }),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) => withAct(page, legalAct(fact, 'CentreMoved', fact.data.effectiveOn!))),
});

const suspended = defineFact({
  ...operationSuspended,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide({ data }, _states, { registry, today }) {
    const from = firstDay(data.from);
    return firstRefusal(
      () => happened(data.from, today, 'data.from'),
      () => centreAlive(registry, data.centre, from, 'data.centre'),
      () => canBeSuspended(registry.unit(data.centre)!, from, data.until || null),
    );
  },
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) => withAct(page, legalAct(fact, 'OperationSuspended', fact.data.from!))),
});

const resumed = defineFact({
  ...operationResumed,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) => changeable(registry, data, today, canResume),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) =>
      withAct(page, legalAct(fact, 'OperationResumed', fact.data.effectiveOn!)),
    ),
});

const dissolved = defineFact({
  ...centreDissolved,
  keys: ({ data }) => centreKeys(data.centre),
  writes: ({ data }) => [data.centre],
  decide: ({ data }, _states, { registry, today }) =>
    firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => unitOfKind(registry, data.centre, ['centre'], 'data.centre'),
      () => canEnd(registry.unit(data.centre)!, firstDay(data.effectiveOn), 'data.centre'),
    ),
  evolve: (fact, states) =>
    changed(states, fact.data.centre, (page) =>
      withAct(page, legalAct(fact, 'CentreDissolved', fact.data.effectiveOn!)),
    ),
});

/** A change on a day that has come, of a centre that lives on it. */
function changeable(
  registry: Registry,
  data: { centre: string; effectiveOn: GivenDate | undefined },
  today: Day,
  more: (centre: UnitRecord, day: Day) => Refusal | undefined,
): Refusal | undefined {
  const day = firstDay(data.effectiveOn);
  return firstRefusal(
    () => happened(data.effectiveOn, today, 'data.effectiveOn'),
    () => centreAlive(registry, data.centre, day, 'data.centre'),
    () => more(registry.unit(data.centre)!, day),
  );
}

function differs(same: boolean, { id }: UnitRecord, day: Day): Refusal | undefined {
  return same ? refuse('unchanged', `Of ${day}, \`${id}\` was so already.`, 'data') : undefined;
}

function sameName(centre: UnitRecord, { vi, en }: Name, day: Day): boolean {
  const before = valueOn(centre.names, day);
  return before?.vi === vi && (!en || before.en === en);
}

const sameKind = (centre: UnitRecord, kind: string, day: Day): boolean =>
  !kind || valueOn(centre.subkinds, day) === kind;

/** Two names, or two kinds, from one day on contradict each other; a name and a kind don't. */
function clash(other: Change, said: { name: unknown; kind: string }): boolean {
  return (!!other.name && !!said.name) || (!!other.subkind && !!said.kind);
}

export const centreRules: FactRule<never>[] = [
  established,
  renamed,
  kindChanged,
  newAuthority,
  moved,
  suspended,
  resumed,
  dissolved,
];
