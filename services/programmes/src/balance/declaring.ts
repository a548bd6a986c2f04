import { OpeningBalanceDeclared } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import { plain } from '@gdtx/contracts/plain';
import { isReporter, REPORTING_ROLES } from '../reporting.js';
import * as forms from './balance-facts.js';
import {
  balance,
  balancesKey,
  balancesOf,
  countsOnce,
  measureFits,
  partsFitWholes,
  type Balance,
  type BalancesState,
} from './balance.js';

const MOST_BALANCES = 500;

export const openingBalanceDeclared = defineFact<OpeningBalanceDeclared, typeof forms.declared>({
  name: 'OpeningBalanceDeclared',
  title: { vi: 'Số lũy kế trước khi có sổ', en: 'Opening balance declared' },
  description:
    'What a centre, or those that it came from, had reached before its ledger began: a total, or an average a year, which never adds up. A whole or its parts, never both.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: OpeningBalanceDeclared,
  schema: forms.declared,
  example: {
    source: 'gdtx-son-la',
    data: {
      measure: 'general-vocational-pupils',
      programmeTypes: ['general-vocational'],
      audience: ['học sinh THCS', 'học sinh THPT'],
      area: 'district-116',
      basis: 'total',
      count: 29813,
      to: { notBefore: '2018-11-27' },
    },
  },
  keys: ({ source }) => [balancesKey(source)],
  decide: (fact, states, context) => {
    const said = balance(fact.data, undefined);
    const known = balancesOf(states, fact.source);
    return firstRefusal(
      () => isReporter(fact, context),
      () => timeIsRight(fact, said, context),
      () => areaIsTerritory(fact, context),
      () => measureFits(said),
      // By itself before beside its like: of 17,592 certificates for 17,591 candidates the first thing to say is just that.
      () =>
        partsFitWholes(
          said,
          known.filter((other) => other.measure !== said.measure),
        ),
      () => countsOnce(said, known),
      () => partsFitWholes(said, known),
      () => (known.length < MOST_BALANCES ? undefined : tooMany()),
    );
  },
  evolve: ({ source, data }, states) => ({
    [balancesKey(source)]: {
      balances: [...balancesOf(states, source), balance(data, plain(data))],
    } satisfies BalancesState,
  }),
});

/** A balance may be inherited, so that it begins before the centre did; it doesn't end after the centre, nor in the future. */
function timeIsRight(fact: Fact, { from, to }: Balance, { registry, today }: Context): Refusal | undefined {
  const ended = registry.unit(fact.source)?.life.to ?? null;
  return firstRefusal(
    () => notInFuture(to, today, 'data.to'),
    () =>
      from !== null && from > to ? refuse('malformed', `It begins on ${from}, after its end.`, 'data.from') : undefined,
    () => (ended !== null && to >= ended ? unitAlive(registry, fact.source, to, 'source') : undefined),
  );
}

function areaIsTerritory(fact: Fact<OpeningBalanceDeclared>, { registry }: Context): Refusal | undefined {
  if (!fact.data.area) return undefined;
  return unitOfKind(registry, fact.data.area, ['country', 'province', 'district', 'commune'], 'data.area');
}

const tooMany = () => refuse('too-many', `A unit declares at most ${MOST_BALANCES} balances.`, 'data.measure');
