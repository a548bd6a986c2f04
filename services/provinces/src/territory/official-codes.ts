import type { States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstDay, type Day } from '@gdtx/territory/days';
import type { Span, UnitRecord } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

/** Who has ever had a code. Whether it still has it, and when it had, is in the registry. */
interface CodeState {
  units: string[];
}

/** Codes are told apart by kind only in the registry: a renaming doesn't say the kind of its unit. */
export const codeKey = (code: string): string => `code:${code}`;

/** The keys of the codes that a fact gives. */
export const codeKeys = (codes: readonly string[]): string[] => [...new Set(codes.filter(Boolean))].map(codeKey);

export interface Claim {
  unit: string;
  kind: string;
  code: string;
  /** From this day … */
  from: Day;
  /** … until before this one; null: for good. */
  to: Day | null;
}

/**
 * Official codes come back, as those of 2024 did in 2025, but on one day a code names one unit of its kind.
 * `ending`: units that end on the day on which the claim begins.
 */
export function codeFree(
  registry: Registry,
  states: States,
  claim: Claim,
  path: string,
  ending: ReadonlySet<string> = new Set(),
): Refusal | undefined {
  if (!claim.code) return undefined;
  for (const id of states.get<CodeState>(codeKey(claim.code))?.units ?? []) {
    const holder = id === claim.unit ? undefined : registry.unit(id);
    if (!holder || holder.kind !== claim.kind) continue;
    const held = holder.codes.find((span) => span.value === claim.code && overlap(holder, span, claim, ending.has(id)));
    if (held) {
      const until = held.to === null ? '' : ` until ${held.to}`;
      return refuse(
        'code-in-use',
        `The official code ${claim.code} is that of the ${holder.kind} \`${id}\`${until}.`,
        path,
      );
    }
  }
  return undefined;
}

/** A unit whose beginning is unknown is held to its code only from the day by which it is known to have existed. */
function overlap(holder: UnitRecord, span: Span<string>, claim: Claim, endsNow: boolean): boolean {
  const from = span.from ?? firstDay(holder.life.givenFrom);
  const to = endsNow ? claim.from : span.to;
  return (to === null || claim.from < to) && (claim.to === null || from < claim.to);
}

/** The states after units were given codes. */
export function withCodes(states: States, given: readonly { unit: string; code: string }[]): Record<string, CodeState> {
  const changed: Record<string, CodeState> = {};
  for (const { unit, code } of given) {
    if (!code) continue;
    const key = codeKey(code);
    const units = (changed[key] ?? states.get<CodeState>(key))?.units ?? [];
    changed[key] = { units: units.includes(unit) ? units : [...units, unit] };
  }
  return changed;
}
