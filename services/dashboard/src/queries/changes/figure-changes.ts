import { endOfMonth, monthAt, monthIndexOf, monthOf } from '@gdtx/territory/days';
import { LATEST } from '../../columns/known.js';
import { createPause } from '../../columns/pause.js';
import { asKnown } from '../as-known.js';
import { bearersOn, ReportDays } from '../bearers.js';
import { hasBegun, lastDayAsked } from '../levels.js';
import { evaluate, termsOf, type Evaluated, type Sources } from '../evaluate.js';
import type { FigureQuery } from '../figure-query.js';
import { oneByOne, type LedgersReader } from '../ledger-batches.js';
import { entryLine, type LedgerReader } from '../ledger-entries.js';
import { isOfRegistry, shown } from '../sources.js';
import { carriedOver } from './carried-levels.js';
import type { ChangePart } from './change.js';
import type { EffectTerm } from './ledger-effects.js';
import { countChanges, coverageChanges, inclusionBy, lineageChanges, type LineageOf } from './lineage-changes.js';
import { readRegistryNews, type RegistryNews } from './registry-ledgers.js';
import { changedLedgers, reportChanges, type Span } from './report-changes.js';

/** One figure, as known at two times. */
export interface Comparison {
  then: FigureQuery;
  now: FigureQuery;
}

/**
 * Compares a figure as known then and now: a line for each entry that made a difference, with its part and why; last both
 * figures, the difference, the sum of the parts, and whether they are equal. Entries are read from their owners' ledgers and
 * folded anew, hashes computed again. What is recorded while it is streamed isn't in it, as it isn't in the figures.
 */
export async function* figureChanges(
  { then, now }: Comparison,
  sources: Sources,
  read: LedgerReader,
  asOf: string | null,
  readMany: LedgersReader = oneByOne(read),
): AsyncGenerator<unknown> {
  const [before, after] = [evaluate(then, sources).all, evaluate(now, sources).all];
  const difference = differenceOf(then, now, sources, isRatio(after));
  const explained = { sum: 0, numerator: 0, denominator: 0 };
  let broken: string | null = null;
  // What doesn't add up has no difference to explain.
  const parts =
    !hasBegun(now) || (before.value === null && after.value === null && !isRatio(after))
      ? []
      : changes(then, now, sources, read, readMany);
  for await (const part of parts) {
    if ('broken' in part) broken ??= part.broken;
    else {
      explained[part.term ?? 'sum'] += part.value;
      yield lineOf(part);
    }
  }
  const sums = isRatio(after) ? { numerator: explained.numerator, denominator: explained.denominator } : explained.sum;
  yield {
    then: { known: then.knownBy, ...shown(before) },
    now: { known: now.knownBy, ...shown(after) },
    difference,
    explained: sums,
    equal: broken === null && isExplained(difference, sums),
    asOf,
    ...(broken ? { brokenAt: broken } : {}),
  };
}

const isRatio = ({ numerator }: Evaluated): boolean => numerator !== undefined;

/** Now less then; what was never reported is nothing. Of ratios, of both sides, also where a side lacks one of its terms. */
function differenceOf(then: FigureQuery, now: FigureQuery, sources: Sources, ratio: boolean): Sides {
  const less = (one: number | null | undefined, other: number | null | undefined) => (one ?? 0) - (other ?? 0);
  if (!ratio || isOfRegistry(now)) {
    const [before, after] = [evaluate(then, sources).all, evaluate(now, sources).all];
    if (!ratio) return less(after.value, before.value);
    const [numerator, denominator] = [
      less(after.numerator, before.numerator),
      less(after.denominator, before.denominator),
    ];
    return { numerator, denominator };
  }
  const sums = { numerator: 0, denominator: 0 };
  for (const [query, way] of [
    [then, -1],
    [now, 1],
  ] as const) {
    for (const term of termsOf(query))
      sums[term.side!] += way * term.sign * (evaluate(term.query, sources).all.value ?? 0);
  }
  return sums;
}

type Sides = number | { numerator: number; denominator: number };

function isExplained(difference: Sides, explained: Sides): boolean {
  if (typeof difference === 'number' || typeof explained === 'number') return difference === explained;
  return difference.numerator === explained.numerator && difference.denominator === explained.denominator;
}

function lineOf({ entry, upTo, value, term, why, of }: ChangePart): unknown {
  return {
    ...entryLine(entry),
    ...(upTo ? { upTo: { service: upTo.service, unit: upTo.unit, seq: upTo.seq } } : {}),
    part: value,
    ...(term ? { term } : {}),
    why,
    ...(of === undefined ? {} : { of }),
  };
}

async function* changes(
  then: FigureQuery,
  now: FigureQuery,
  sources: Sources,
  read: LedgerReader,
  readMany: LedgersReader,
): AsyncGenerator<ChangePart | { broken: string }> {
  const [known, latest] = [asKnown(then, sources), asKnown(now, sources)];
  const span: Span = {
    ...{ sinceMonth: then.known, untilMonth: now.known },
    ...{
      since: endOfMonth(monthAt(then.known)),
      until: now.known === LATEST ? Infinity : endOfMonth(monthAt(now.known)),
    },
  };
  const lineageOf: LineageOf = then.map === 'today' ? () => sources.registry : (registry) => registry;
  const registries = { before: known.told, after: latest.told, lineageOf };
  let news: Promise<RegistryNews> | undefined;
  const told = () => (news ??= readRegistryNews(read, span.since, span.until, sources.registrySeq));
  const pause = createPause();
  const terms = termsOf(now);
  const termsThen = termsOf(then);
  const days = terms.map(({ query }) => lastDayAsked(query));
  if (isOfRegistry(now)) {
    yield* now.indicator.id === 'community-coverage'
      ? await coverageChanges(now, registries, told, pause)
      : await countChanges(terms[0]!, days[0]!, then.known, registries, told, pause);
  } else {
    // All that is asked of the model is asked at once: it goes on changing while ledgers are read.
    const effects = terms.map((term, i): EffectTerm => {
      const day = days[i]!;
      const includes = inclusionBy(latest.lineage, term.query);
      const moment = { month: monthIndexOf(monthOf(day)), day };
      const bearerOf = bearersOn(
        day,
        new ReportDays(latest.model, term.query.indicator.id, then.known),
        latest.model,
        latest.told,
      );
      const bears = (unit: string) => {
        const bearer = bearerOf(unit);
        return bearer !== undefined && includes(bearer.unit, moment);
      };
      return { ...term, day, includes, bears, bearerOf };
    });
    const carried = effects.flatMap(({ query, day, includes, bearerOf }, i) => {
      if (query.indicator.kind === 'flow') return [];
      const moment = { month: monthIndexOf(monthOf(day)), day };
      const after = bearersOn(
        day,
        new ReportDays(latest.model, query.indicator.id, now.known),
        latest.model,
        latest.told,
      );
      const isIn = (unit: string) => includes(unit, moment);
      return carriedOver(i, query, day, latest, bearerOf, after, isIn, then.known);
    });
    const ledgers = changedLedgers(effects, latest, span);
    for (const { ledger } of carried) ledgers.add(ledger);
    const last = new Map([...ledgers].sort().map((ledger) => [ledger, latest.model.seqOf(ledger)]));
    for (const [i, term] of termsThen.entries()) {
      yield* await lineageChanges(term, days[i]!, known, registries, told, pause);
    }
    yield* reportChanges(effects, last, carried, span, readMany, pause);
  }
  const brokenAt = news ? (await news).broken : null;
  if (brokenAt) yield { broken: brokenAt };
}
