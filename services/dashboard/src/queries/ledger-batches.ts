import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { ReadLedgerResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { holds, splitLedger, type LedgerReader } from './ledger-entries.js';

/** Reads several ledgers of a service, by unit in order of their ids: some entries of one ledger at a time. */
export type LedgersReader = (service: string, units: readonly string[]) => AsyncIterable<readonly ReadLedgerResponse[]>;

/** A whole ledger. */
export interface ReadLedger {
  service: string;
  unit: string;
  entries: Entry[];
  /** The first entry whose hash isn't that of its content and of the hash before. */
  brokenAt: number | null;
}

/** The first call asks for one ledger, so that the first lines are there at once, each further one for some times as many. */
const GROWTH = 4;
const AT_ONCE = 100;

/**
 * Reads ledgers (`<service>/<unit>`, in order) many a call, and gives them one by one: never more than one is in memory.
 * `isAsked` says which entries count; every entry's hash is computed again.
 */
export async function* readLedgers(
  ledgers: readonly string[],
  readMany: LedgersReader,
  isAsked: (entry: Entry) => boolean,
): AsyncIterable<ReadLedger> {
  for (const { service, units } of callsOf(ledgers)) {
    let ledger: ReadLedger | undefined;
    for await (const page of readMany(service, units)) {
      const unit = page[0]?.entry?.unit;
      if (unit === undefined) continue;
      if (ledger?.unit !== unit) {
        if (ledger) yield ledger;
        ledger = { service, unit, entries: [], brokenAt: null };
      }
      for (const { entry, canonical } of page) {
        if (!entry || !isAsked(entry)) continue;
        if (!holds(entry, canonical)) ledger.brokenAt ??= entry.seq;
        ledger.entries.push(entry);
      }
    }
    if (ledger) yield ledger;
  }
}

function* callsOf(ledgers: readonly string[]): Iterable<{ service: string; units: string[] }> {
  let size = 1;
  let units: string[] = [];
  let of = '';
  for (const ledger of ledgers) {
    const [service, unit] = splitLedger(ledger);
    if (units.length > 0 && (service !== of || units.length === size)) {
      yield { service: of, units };
      units = [];
      size = Math.min(AT_ONCE, size * GROWTH);
    }
    of = service;
    units.push(unit);
  }
  if (units.length > 0) yield { service: of, units };
}

/** For who can only be asked for one ledger at a time. */
export function oneByOne(read: LedgerReader): LedgersReader {
  return async function* (service, units) {
    for (const unit of [...units].sort()) for await (const each of read(service, unit)) yield [each];
  };
}
