import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitKnown, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import {
  centreKeys,
  changed,
  inOrder,
  pageOf,
  withoutEmptyLists,
  type Award,
  type CentrePage,
} from '../centre-page.js';
import { happened } from '@gdtx/ledger/registry-rules';
import { each, livesDuring, notOver, onceEach } from '../checks.js';
import { plainWithLists } from '@gdtx/contracts/plain';
import { awardReceived } from './report-facts.js';

/**
 * Awards are counted: each once, in the time of the centre, or in that of the predecessors that it has them from. Whoever tells one
 * first has told it: a predecessor doesn't tell again what a successor has told as inherited from it, nor does another successor.
 */
const award = defineFact({
  ...awardReceived,
  keys: ({ source, data }) => centreKeys(source, ...data.inheritedFrom),
  decide({ source, data }, states, { registry, today }) {
    const { date, inheritedFrom } = data;
    return firstRefusal(
      () => happened(date, today, 'data.date'),
      () => unitOfKind(registry, source, ['centre'], 'source'),
      () => onceEach(inheritedFrom, 'data.inheritedFrom'),
      () => each(inheritedFrom, 'data.inheritedFrom', (unit, path) => isPredecessor(registry, source, unit, path)),
      () => {
        if (!date) return undefined;
        const from = date.on ? firstDay(date) : date.notBefore;
        if (inheritedFrom.length === 0) return livesDuring(registry.unit(source)!, date, 'data.date');
        return each(inheritedFrom, 'data.inheritedFrom', (unit, path) => notOver(registry.unit(unit)!, from, path));
      },
      () => notCounted(pageOf(states, source).awards, awardOf(data)),
      () => notInherited(pageOf(states, source), data, source, 'data.award'),
      () =>
        each(inheritedFrom, 'data.inheritedFrom', (unit, path) =>
          firstRefusal(
            () => notItsOwn(pageOf(states, unit), data, unit, path),
            () => notInherited(pageOf(states, unit), data, unit, path),
          ),
        ),
    );
  },
  evolve({ source, data }, states) {
    const said = awardOf(data);
    const handedOn = data.inheritedFrom.map((unit) =>
      changed(states, unit, ({ inheritedAwards = [] }) => ({
        inheritedAwards: sorted([...inheritedAwards, { ...said, by: source }]),
      })),
    );
    return Object.assign(
      {},
      ...handedOn,
      changed(states, source, ({ awards }) => ({ awards: sorted([...awards, said]) })),
    );
  },
});

const sorted = <One extends Award>(awards: One[]): One[] =>
  inOrder(awards, (each) => [each.day ?? '', each.award, JSON.stringify(each)]);

type AwardData = Parameters<typeof withoutEmptyLists>[0] & { date: Parameters<typeof firstDay>[0]; class: number };

function awardOf(data: AwardData): Award {
  const day = firstDay(data.date);
  const { class: rank, ...said } = plainWithLists(withoutEmptyLists(data)) as Award;
  return { ...(day ? { day } : {}), ...said, ...(rank ? { class: rank } : {}) };
}

/** Somewhere on the way back from the centre. */
function isPredecessor(registry: Registry, centre: string, unit: string, path: string): Refusal | undefined {
  const unknown = unitKnown(registry, unit, path);
  if (unknown) return unknown;
  const seen = new Set<string>();
  const before = [centre];
  for (let id = before.pop(); id !== undefined; id = before.pop()) {
    for (const { other } of registry.unit(id)?.predecessors ?? []) {
      if (other === unit) return undefined;
      if (!seen.has(other)) before.push(other);
      seen.add(other);
    }
  }
  return refuse('no-predecessor', `\`${centre}\` didn't come from \`${unit}\`.`, path);
}

/** The same award of the same date is one award; several of one sort are said with `times`. */
function notCounted(awards: readonly Award[], said: Award): Refusal | undefined {
  const same = awards.some((other) => identity(other) === identity(said));
  if (!same) return undefined;
  const sentence = `\`${said.award}\` of this date is in the ledger already; several at once are said with \`times\`.`;
  return refuse('counted-twice', sentence, 'data.award');
}

/** What a predecessor has said itself counts with its successor as it is. */
function notItsOwn({ awards }: CentrePage, data: AwardData, unit: string, path: string): Refusal | undefined {
  const own = awards.some((other) => identity(other) === identity(awardOf(data)));
  if (!own) return undefined;
  const sentence = `\`${unit}\` has reported this award itself: it counts with its successor already.`;
  return refuse('counted-twice', sentence, path);
}

/** What a successor has told as inherited counts there. */
function notInherited(
  { inheritedAwards = [] }: CentrePage,
  data: AwardData,
  unit: string,
  path: string,
): Refusal | undefined {
  const said = inheritedAwards.find((other) => identity(other) === identity(awardOf(data)));
  if (!said) return undefined;
  const sentence = `\`${said.by}\` has told this award as inherited from \`${unit}\`: it counts there already.`;
  return refuse('counted-twice', sentence, path);
}

function identity({ award: name, kind, class: rank, conferredBy, level, field, date }: Award): string {
  return JSON.stringify([name, kind, rank, conferredBy, level, field, date]);
}

export const awardRules: FactRule<never>[] = [award];
