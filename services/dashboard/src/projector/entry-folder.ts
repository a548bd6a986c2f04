import { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { FactFold, FoldEntry, Memory, Recall } from '../indicators/folds/fold.js';
import type { Contribution } from '../model.js';
import type { Context } from './context.js';
import { FactDecoder } from './fact-decoder.js';
import type { FactTypes, KnownType } from './fact-types.js';
import { isDate, RecordedMonths } from './months.js';

/** Where the parts of entries go. `by`: the entry that makes the change; `seq`: the one whose parts they are. */
export interface FoldTarget {
  context: Context | undefined;
  /** Whether a document that these parts go into, or any, has to be loaded first. */
  lacks?(parts: readonly Contribution[]): boolean;
  lacksAny?(): boolean;
  apply(parts: readonly Contribution[], seq: number, by: number, recorded: number): void;
  retract(parts: readonly Contribution[], seq: number, by: number, recorded: number): void;
  remember(memories: readonly Memory[], seq: number): void;
}

/** An entry with its attributes; lent. */
export interface ReadEntry extends FoldEntry {
  /** The bytes of its fact. */
  readonly bytes: Uint8Array;
  readonly dataStart: number;
  readonly dataEnd: number;
}

/**
 * `says-otherwise`: it corrects what earlier entries were folded with (a class's type): nothing was done, since these have to
 * be folded anew. `unreadable`: its fact can't be decoded or has no date where it needs one. `lacking`: a document that it
 * changes has to be loaded first; nothing was done.
 */
export type Outcome = 'folded' | 'unreadable' | 'says-otherwise' | 'lacking';

const NO_PARTS: readonly Contribution[] = [];

/** Folds entries one at a time, knowing of a ledger only its context. Pure but for what it does to the target. */
export class EntryFolder {
  private readonly months = new RecordedMonths();
  private readonly decoder = new FactDecoder();
  private context: Context | undefined;
  private asOf = 0;
  /** Of the entry folded last: its parts. */
  parts: readonly Contribution[] = NO_PARTS;
  /** Why the last one was unreadable. */
  problem = '';

  /** Where it is noted what folds ask for, if anywhere. */
  asked: Set<string> | undefined;

  private readonly recall: Recall = (of, id) => {
    this.asked?.add(`${of}:${id}`);
    return this.context?.at(of, id, this.asOf);
  };

  constructor(private readonly types: FactTypes) {}

  recordedMonth(entry: FoldEntry): number {
    return this.months.of(entry.recordedAt);
  }

  fold(known: KnownType, entry: ReadEntry, target: FoldTarget): Outcome {
    this.parts = NO_PARTS;
    try {
      if (known.withdraws) return this.withdraw(entry, target);
      const { fold } = known;
      return fold ? this.foldFact(fold, entry, target) : 'folded';
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return 'unreadable';
    }
  }

  /** The parts of a fact, with the context as of an entry: its own, or the one that takes it back. */
  partsOf(fold: FactFold, data: unknown, entry: FoldEntry, context: Context | undefined, asOf: number): Contribution[] {
    this.context = context;
    this.asOf = asOf;
    const parts = fold.fold(data, entry, this.recall);
    let sound = 'none yet';
    for (const part of parts) sound = demandSound(part, sound);
    return parts;
  }

  memoriesOf(
    fold: FactFold,
    data: unknown,
    entry: FoldEntry,
    context: Context | undefined,
  ): readonly Memory[] | undefined {
    if (!fold.remember) return undefined;
    this.context = context;
    // What it says itself isn't known to it.
    this.asOf = entry.seq - 1;
    return fold.remember(data, entry, this.recall);
  }

  private foldFact(fold: FactFold, entry: ReadEntry, target: FoldTarget): Outcome {
    const data = this.decoder.decode(fold.message, entry);
    const parts = this.partsOf(fold, data, entry, target.context, entry.seq - 1);
    const memories = this.memoriesOf(fold, data, entry, target.context);
    if (memories && target.context && target.context.contradicted(memories, entry.seq).length > 0)
      return 'says-otherwise';
    if (target.lacks?.(parts)) return 'lacking';
    target.apply(parts, entry.seq, entry.seq, this.recordedMonth(entry));
    if (memories && memories.length > 0) target.remember(memories, entry.seq);
    this.parts = parts;
    return 'folded';
  }

  /** What was taken back gave these parts with what is known now: a correction in between has folded it anew. */
  private withdraw(entry: ReadEntry, target: FoldTarget): Outcome {
    const withdrawal = readWithdrawal(entry);
    const fold = withdrawal && this.types.named(withdrawal.type)?.fold;
    if (!withdrawal || !fold) return 'folded';
    if (target.lacksAny?.()) return 'lacking';
    const withdrawn = withdrawnEntry(entry, withdrawal);
    const parts = this.partsOf(fold, fold.message.decode(withdrawal.data), withdrawn, target.context, entry.seq);
    target.retract(parts, withdrawn.seq, entry.seq, this.recordedMonth(entry));
    this.parts = parts;
    return 'folded';
  }
}

export interface Withdrawal {
  seq: number;
  type: string;
  source: string;
  recordedAt: number;
  data: Uint8Array;
}

/** What an entry takes back; undefined when it doesn't say so. */
export function readWithdrawal({ bytes, dataStart, dataEnd }: ReadEntry): Withdrawal | undefined {
  const { seq, withdrawn } = EntryWithdrawn.decode(bytes.subarray(dataStart, dataEnd));
  if (!withdrawn) return undefined;
  const { type, source, recordedAt, data } = withdrawn;
  return { seq, type, source, recordedAt, data };
}

export function withdrawnEntry(by: FoldEntry, { seq, source, recordedAt }: Withdrawal): FoldEntry {
  return { unit: by.unit, source: unitOfSource(source), seq, recordedAt };
}

const SOURCE_PREFIX = 'urn:gdtx:unit:';

export function unitOfSource(source: string): string {
  return source.startsWith(SOURCE_PREFIX) ? source.slice(SOURCE_PREFIX.length) : source;
}

/** A part that couldn't be stored would spoil the document of its unit: the entry is set aside instead. */
function demandSound(part: Contribution, sound: string): string {
  if (part.kind === 'record') return sound;
  const date = part.kind === 'level' ? part.day : part.kind === 'balance' ? part.to : part.month;
  // Mostly the date of the part before.
  if (date !== sound && !isDate(date)) {
    const what = part.kind === 'period' ? 'a month of reports' : part.indicator;
    throw new Error(`${what} has no date that can be: \`${date}\``);
  }
  if (part.kind !== 'period' && !Number.isFinite(part.value))
    throw new Error(`${part.indicator} has no number that can be`);
  return date;
}
