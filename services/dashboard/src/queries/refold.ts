import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { FOLDS, SERVICES_FOLDED } from '../indicators/folds/all.js';
import type { Memory } from '../indicators/folds/fold.js';
import { monthNumber, type Cell, type Contribution, type LevelEvent, type UnitYear } from '../model.js';
import { Context } from '../projector/context.js';
import type { FoldTarget } from '../projector/entry-folder.js';
import { FactTypes } from '../projector/fact-types.js';
import { foldWholeLedger } from '../projector/whole-ledger.js';

export const TYPES = new FactTypes(FOLDS, SERVICES_FOLDED);

/**
 * What a ledger's entries add to the read model, entry by entry, folded anew from its beginning: what stands of them now, as
 * far as it is needed.
 */
export function refold(
  entries: readonly Entry[],
  isNeeded: (part: Contribution) => boolean = () => true,
): Map<number, Contribution[]> {
  const target = new StandingParts(isNeeded);
  foldWholeLedger(entries, TYPES, target);
  return target.parts;
}

/** Keeps the parts of the entries that stand. */
class StandingParts implements FoldTarget {
  context: Context | undefined = new Context();
  readonly parts = new Map<number, Contribution[]>();

  constructor(private readonly isNeeded: (part: Contribution) => boolean) {}

  apply(parts: readonly Contribution[], seq: number): void {
    const needed = parts.filter(this.isNeeded);
    if (needed.length > 0) this.parts.set(seq, needed);
  }

  retract(_parts: readonly Contribution[], seq: number): void {
    this.parts.delete(seq);
  }

  remember(memories: readonly Memory[], seq: number): void {
    this.context!.remember(memories, seq);
  }
}

/** The parts of a ledger as documents of the read model, so that the same query can be asked of them again. */
export function asDocuments(service: string, unit: string, parts: ReadonlyMap<number, Contribution[]>): UnitYear[] {
  const years = new Map<number, UnitYear>();
  const yearOf = (date: string): UnitYear => {
    const year = Number(date.slice(0, 4));
    let document = years.get(year);
    if (!document) {
      document = {
        _id: `${service}/${unit}/${year}`,
        service,
        unit,
        year,
        epoch: 0,
        seq: 1,
        cells: [],
        levels: [],
        balances: [],
      };
      years.set(year, document);
    }
    return document;
  };
  for (const [seq, contributions] of parts) {
    for (const part of contributions) {
      if (part.kind === 'flow') yearOf(part.month).cells.push(cellOf(part));
      else if (part.kind === 'level') yearOf(part.day).levels.push(eventOf(part, seq));
      else if (part.kind === 'balance') {
        yearOf(part.to).balances.push({ ...part, at: part.at ?? '', seq, recorded: 0, withdrawn: null });
      }
    }
  }
  return [...years.values()];
}

function cellOf(part: Extract<Contribution, { kind: 'flow' }>): Cell {
  const { indicator, category, value, precision, month } = part;
  const counts = { exact: +(precision === 0), atLeast: +(precision === 1), about: +(precision === 2) };
  return {
    indicator,
    category,
    part: part.part,
    month: monthNumber(month),
    recorded: 0,
    at: part.at ?? '',
    sum: value,
    ...counts,
  };
}

function eventOf(part: Extract<Contribution, { kind: 'level' }>, seq: number): LevelEvent {
  const { kind: _, ...event } = part;
  return { ...event, at: part.at ?? '', seq, recorded: 0, withdrawn: null };
}
