import { endOfDay } from '@gdtx/territory/days';
import { isWithin } from '@gdtx/territory/within';
import type { Caller } from '@gdtx/service-kit/tokens';
import { REGISTRY_LEDGER, type Context, type Fact, type FactRule, type States } from './fact.js';
import { refuse, unitUnknown, type Refusal } from './refusal.js';

export type Decision = { accepted: true; ledger: string } | { accepted: false; refusal: Refusal };

/**
 * Decides on one fact: may the caller say it, into which ledger does it go, does it break a rule? Pure.
 * A unit that isn't known is said to be unknown before anything else is, so that its owner can be asked.
 */
export function decide(rule: FactRule<never>, fact: Fact, caller: Caller, states: States, context: Context): Decision {
  const anyRule = rule as unknown as FactRule;
  const ledger = ledgerOf(anyRule, fact, states);
  const refusal =
    mayWrite(anyRule, fact, ledger, caller, states, context) ??
    notSaidInFuture(fact, context) ??
    anyRule.decide(fact, states, context);
  if (refusal) return { accepted: false, refusal };
  if (ledger === undefined) throw new Error(`${fact.type} was accepted, but for no ledger`);
  return { accepted: true, ledger };
}

/** The envelope's `time` is a date like any other. */
function notSaidInFuture({ time }: Fact, { today }: Context): Refusal | undefined {
  if (!time || Date.parse(time) <= endOfDay(today)) return undefined;
  return refuse('in-future', `${time} is in the future; today is ${today} in Viet Nam.`, 'time');
}

/** Whose ledger a fact goes into; undefined where the fact names none. */
export function ledgerOf(rule: FactRule, fact: Fact, states: States): string | undefined {
  if (rule.ledger === 'vn') return REGISTRY_LEDGER;
  if (rule.ledger === 'source') return fact.source;
  if (rule.ledger === 'decided') return rule.ledgerOf!(fact, states);
  const value = (fact.data as Record<string, unknown>)[rule.ledger.slice('data.'.length)];
  return typeof value === 'string' ? value : undefined;
}

/**
 * May the caller say this? Its role, the source, the ledger's unit and every unit that the fact writes to. Also asked where there is
 * no ledger, since what the fact is about isn't there: who may not say it isn't told whether it is.
 */
export function mayWrite(
  rule: FactRule,
  fact: Fact,
  ledger: string | undefined,
  caller: Caller,
  states: States,
  context: Context,
): Refusal | undefined {
  const mine = rule.roles.filter((role) => caller.roles.includes(role));
  if (mine.length === 0) {
    const who = rule.roles.join(', ');
    return refuse('not-allowed', `A ${rule.name} may be sent by: ${who}. Your token has none of these roles.`, 'type');
  }
  const isCommuneOfficer = mine.length === 1 && mine[0] === 'commune-officer';
  if (caller.units.includes(REGISTRY_LEDGER) && !isCommuneOfficer) return undefined;
  const units: [string, string][] = [[fact.source, 'source']];
  // Whoever acts on another's ledger (a rating, an approval) must have it in its subtree too.
  if (ledger !== undefined && ledger !== fact.source && rule.ledger.startsWith('data.')) {
    units.push([ledger, rule.ledger]);
  }
  for (const unit of rule.writes?.(fact, states) ?? []) units.push([unit, 'data']);
  for (const [unit, path] of units) {
    const refusal =
      unitIsMine(unit, path, caller, context) ?? (isCommuneOfficer ? communes(unit, path, context) : undefined);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A centre that has its seat in a commune isn't the commune's: its officer speaks for the commune and its community centres. */
function communes(unit: string, path: string, { registry }: Pick<Context, 'registry'>): Refusal | undefined {
  const kind = registry.unit(unit)?.kind;
  if (kind === undefined || kind === 'commune' || kind === 'community-centre') return undefined;
  return refuse(
    'not-allowed',
    `A commune officer writes for communes and their community centres; \`${unit}\` is a ${kind}.`,
    path,
  );
}

/** May the caller write to this unit? It lies in one of its subtrees today, it or the unit that came after it. */
export function unitIsMine(
  unit: string,
  path: string,
  caller: Caller,
  { registry, today }: Pick<Context, 'registry' | 'today'>,
): Refusal | undefined {
  if (caller.units.includes(REGISTRY_LEDGER)) return undefined;
  if (unit !== REGISTRY_LEDGER && !registry.unit(unit)) return unitUnknown(unit, path);
  if (isWithin(registry, unit, caller.units, today)) return undefined;
  return refuse('not-allowed', `\`${unit}\` isn't yours to write to.`, path);
}
