import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { endOfMonth, monthAt } from '@gdtx/territory/days';
import { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import { createPause } from '../columns/pause.js';
import { ReadModel } from '../columns/read-model.js';
import { asKnown } from './as-known.js';
import { evaluate, hasUnits, kindOf, termsOf, type Evaluated, type Sources } from './evaluate.js';
import type { Figure } from './figure.js';
import type { FigureQuery } from './figure-query.js';
import { entryParts, isNeeded, ledgersBehind, type EntryPart } from './entry-parts.js';
import { hasBegun } from './levels.js';
import { oneByOne, readLedgers, type LedgersReader } from './ledger-batches.js';
import { entryLine, holds, type LedgerReader } from './ledger-entries.js';
import { asDocuments, refold } from './refold.js';
import { registryParts } from './registry-parts.js';

/**
 * The entries behind a figure, a line each with the part that it has in it, read from the owners' ledgers and folded anew; then a
 * last line with the figure, the figure computed again from these entries alone, and whether they are equal. Every entry's hash is
 * computed again on the way. Of what is read, only what the figure is made of is kept: a ledger at a time, and the parts of its
 * indicators. What is recorded while it is streamed isn't in it, as it isn't in the figure.
 */
export async function* figureSources(
  query: FigureQuery,
  figure: Pick<Figure, 'value' | 'precision' | 'numerator' | 'denominator' | 'simulated' | 'asOf'>,
  sources: Sources,
  read: LedgerReader,
  readMany: LedgersReader = oneByOne(read),
): AsyncGenerator<unknown> {
  const model = new ReadModel();
  const known = asKnown(query, sources);
  const until = query.known === LATEST ? Infinity : endOfMonth(monthAt(query.known));
  let broken: string | null = null;
  const terms = termsOf(query);
  const end = (again: Evaluated): unknown => {
    const recomputed = shown(again);
    const said = shown(figure);
    const equal = broken === null && JSON.stringify(recomputed) === JSON.stringify(said);
    const marked = figure.simulated ? { simulated: true } : {};
    const brokenAt = broken ? { brokenAt: broken } : {};
    return { figure: { ...said, ...marked }, recomputed, equal, asOf: figure.asOf, ...brokenAt };
  };

  if (isOfRegistry(query)) {
    const isCoverage = query.indicator.id === 'community-coverage';
    const told = await refoldRegistry(read, ledgersOf(query, sources.registry), until, sources.registrySeq);
    // Coverage needs the communes as well: the whole registry is folded anew. Units are counted as their own ledger says.
    const lineage = isCoverage && known.lineage === known.told ? told.registry : known.lineage;
    broken ??= told.broken;
    const parts = registryParts(terms, { told: told.registry, lineage });
    for (const part of parts) {
      const entry = told.entries.get(`${part.service}/${part.seq}`);
      if (entry) yield line(entry, part);
    }
    if (isCoverage) return yield end(evaluate(query, { model, registry: lineage, told: told.registry }).all);
    const heard = lineage.unit(query.unit) && hasBegun(query) && hasUnits(told.registry, kindOf(query.indicator));
    const value = heard ? parts.reduce((sum, part) => sum + part.value, 0) : null;
    return yield end({ value, precision: 'exact' });
  }
  const ledgers = ledgersBehind(terms, known);
  const seqs = new Map(ledgers.map((ledger) => [ledger, sources.model.seqOf(ledger)]));
  // What is recorded doesn't go back in time.
  const isAsked = ({ service, unit, seq, recordedAt }: Entry): boolean =>
    recordedAt <= until && seq <= seqs.get(`${service}/${unit}`)!;
  // Of a unit that wasn't known then there is nothing to read.
  const partsOf = ledgers.length > 0 ? entryParts(terms, known) : () => [];
  const needed = isNeeded(terms);
  const pause = createPause();
  for await (const { service, unit, entries, brokenAt } of readLedgers(ledgers, readMany, isAsked)) {
    if (brokenAt !== null) broken ??= `${service}/${unit}/${brokenAt}`;
    const parts = refold(entries, needed);
    for (const document of asDocuments(service, unit, parts)) model.apply(document);
    const simulated = sources.registry.unit(unit)?.simulated === true;
    const bySeq = new Map(entries.map((e) => [e.seq, e]));
    for (const part of partsOf(unit, parts)) yield line(bySeq.get(part.seq)!, { ...part, simulated });
    await pause();
  }
  yield end(evaluate(query, { model, registry: sources.registry }).all);
}

export function isOfRegistry({ indicator }: FigureQuery): boolean {
  return indicator.from === 'registry' || indicator.id === 'community-coverage';
}

/** The registry ledgers that prove a figure. */
function ledgersOf({ indicator, unit }: FigureQuery, registry: Registry): readonly string[] {
  // Also where it is asked of a centre, which covers none.
  if (indicator.id === 'community-coverage')
    return [...new Set(['provinces', registry.unit(unit)!.service, 'community-learning'])];
  return [indicator.id === 'centres' ? 'centres' : 'community-learning'];
}

/** A figure's value, for a last line. */
export function shown({ value, precision, numerator, denominator }: Evaluated) {
  return { value, precision, ...(numerator === undefined ? {} : { numerator, denominator }) };
}

interface Shown extends Pick<EntryPart, 'value' | 'term'> {
  simulated: boolean;
}

function line(entry: Entry, { value: part, term, simulated }: Shown): unknown {
  return {
    ...entryLine(entry),
    part,
    ...(term ? { term } : {}),
    ...(simulated ? { simulated } : {}),
  };
}

/** The registry as its ledgers say, folded anew. */
async function refoldRegistry(
  read: LedgerReader,
  services: readonly string[],
  until: number,
  seqOf: (service: string) => number = () => Infinity,
) {
  const registry = Registry.empty();
  const entries = new Map<string, Entry>();
  let broken: string | null = null;
  const last = new Map(services.map((service) => [service, seqOf(service)]));
  for (const service of services) {
    for await (const { entry, canonical } of read(service, 'vn')) {
      if (!entry) continue;
      if (entry.recordedAt > until || entry.seq > last.get(service)!) break;
      if (!holds(entry, canonical)) broken ??= `${service}/vn/${entry.seq}`;
      const data = codecOf(entry.type)?.decode(entry.data);
      const { type, seq, recordedAt } = entry;
      if (data !== undefined) registry.apply({ service, type, data, seq, recordedAt } as never);
      entries.set(`${service}/${seq}`, { ...entry, data: Buffer.alloc(0) });
    }
  }
  return { registry, entries, broken };
}
