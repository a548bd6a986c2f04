import type { Caller } from '@gdtx/service-kit/tokens';
import type { Registry } from '@gdtx/territory/registry';
import { decide } from './decide.js';
import { REGISTRY_LEDGER, type Context, type Fact, type FactRule, type States } from './fact.js';
import type { ParsedFact } from './parse-fact.js';
import { refuse, type Refusal } from './refusal.js';
import { entryName, isWithdrawal, withdrawnAmong, type StoredFact } from './stored-fact.js';

/** Everything that a withdrawal may touch. */
export interface Story {
  service: string;
  /** All entries that were decided on one of `keys`, withdrawals among them, in the order of deciding. */
  entries: readonly StoredFact[];
  /** Closed: no entry has a key here and another one that isn't. */
  keys: readonly string[];
  context: Context;
  /** Where registry facts are among the entries: the registry of the other services, which those are applied to. */
  others: Registry | undefined;
}

/** What is to be different in a replay. */
export interface Difference {
  without: StoredFact;
  /** The fact that takes its place, or comes after everything. */
  instead: { parsed: ParsedFact; place: 'there' | 'end' } | undefined;
}

/** How things stand after a replay. */
export interface World {
  states: ReadonlyMap<string, unknown>;
  /** By id: what was decided again and refused. */
  refused: ReadonlyMap<string, Refusal>;
  /** Whose ledger the fact that takes a place goes into. */
  ledger: string | undefined;
}

/** Whoever sent them had the right to: it isn't asked again. */
const EVERYBODY: Caller = {
  subject: 'replay',
  roles: ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher', 'operator'],
  units: [REGISTRY_LEDGER],
};

interface Step {
  id: string;
  seq: number;
  recordedAt: number;
  rule: FactRule;
  fact: Fact;
  judged: boolean;
}

/**
 * Tells a story again, as it was or with a difference: states are folded from nothing, and what came after the entry that is
 * to go is decided again. Pure.
 */
export function replay(story: Story, from: StoredFact, difference?: Difference): World {
  const registry = story.others ? story.others.fork() : story.context.registry;
  const context: Context = { ...story.context, registry };
  const states = new Map<string, unknown>();
  const view: States = { get: <S>(key: string) => (states.get(key) ?? undefined) as S | undefined };
  const refused = new Map<string, Refusal>();
  let ledger: string | undefined;

  for (const { id, seq, recordedAt, rule, fact, judged } of stepsOf(story, from, difference)) {
    try {
      const decision = judged ? decide(rule as unknown as FactRule<never>, fact, EVERYBODY, view, context) : undefined;
      if (decision?.accepted === false) refused.set(id, decision.refusal);
      else if (decision && id === difference?.instead?.parsed.fact.id) ledger = decision.ledger;
      for (const [key, value] of Object.entries(rule.evolve(fact, view))) states.set(key, value);
    } catch (error) {
      // Without what it rested on it can't even be told.
      if (!refused.has(id)) refused.set(id, refuse('not-decided', (error as Error).message));
    }
    if (story.others && rule.ledger === REGISTRY_LEDGER) {
      const applied = { service: story.service, type: fact.type, data: fact.data, seq, recordedAt };
      registry.apply(applied as Parameters<Registry['apply']>[0]);
    }
  }
  return { states, refused, ledger };
}

function* stepsOf({ entries }: Story, from: StoredFact, difference: Difference | undefined): Generator<Step> {
  const withdrawn = withdrawnAmong(entries);
  const instead = difference?.instead;
  for (const { document, rule, fact } of entries) {
    const { _id: id, seq, recordedAt } = document;
    if (difference && id === difference.without.document._id) {
      if (instead?.place === 'there') yield stepOf(instead.parsed, difference.without);
      continue;
    }
    if (isWithdrawal(document) || withdrawn.has(entryName(document))) continue;
    yield { id, seq, recordedAt, rule, fact, judged: document.order > from.document.order };
  }
  if (difference && instead?.place === 'end') yield stepOf(instead.parsed, difference.without);
}

function stepOf({ fact, rule }: ParsedFact, { document }: StoredFact): Step {
  const { seq, recordedAt } = document;
  return { id: fact.id, seq, recordedAt, rule: rule as unknown as FactRule, fact, judged: true };
}
