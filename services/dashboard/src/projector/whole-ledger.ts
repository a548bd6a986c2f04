import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { FactFold, FoldEntry, Memory } from '../indicators/folds/fold.js';
import type { Contribution, UnknownEntry } from '../model.js';
import { EntryFolder, readWithdrawal, unitOfSource, type FoldTarget, type ReadEntry } from './entry-folder.js';
import { FactDecoder } from './fact-decoder.js';
import type { FactTypes } from './fact-types.js';

/** An entry that was folded, with all that is needed to fold it again. */
interface Told {
  fold: FactFold;
  data: unknown;
  entry: FoldEntry;
  asked: ReadonlySet<string>;
  parts: readonly Contribution[];
  memories: readonly Memory[];
  withdrawn: boolean;
}

/**
 * Folds a whole ledger from its beginning, entries in order of seq. Unlike folding one entry at a time, it knows what it was
 * told: when a correction says otherwise of a class, an exam, a visit, what was folded with the former value is taken away and
 * folded anew, in the month in which the correction was recorded. Gives the entries that it can't fold.
 */
export function foldWholeLedger(entries: readonly Entry[], types: FactTypes, target: FoldTarget): UnknownEntry[] {
  const folder = new EntryFolder(types);
  const told = new Map<number, Told>();
  const unknown: UnknownEntry[] = [];
  for (const sent of entries) {
    const known = types.named(sent.type);
    const entry = asRead(sent);
    try {
      if (!known) unknown.push({ seq: sent.seq, type: sent.type });
      else if (known.withdraws) withdraw(entry, told, target, folder.recordedMonth(entry));
      else if (known.fold) tell(known.fold, entry, told, target, folder);
    } catch {
      unknown.push({ seq: sent.seq, type: sent.type });
    }
  }
  return unknown;
}

function asRead({ unit, source, seq, recordedAt, data }: Entry): ReadEntry {
  return { unit, source: unitOfSource(source), seq, recordedAt, bytes: data, dataStart: 0, dataEnd: data.length };
}

function withdraw(entry: ReadEntry, told: ReadonlyMap<number, Told>, target: FoldTarget, month: number): void {
  const back = told.get(readWithdrawal(entry)?.seq ?? 0);
  if (!back) return;
  target.retract(back.parts, back.entry.seq, entry.seq, month);
  back.withdrawn = true;
}

function tell(
  fold: FactFold,
  entry: ReadEntry,
  told: Map<number, Told>,
  target: FoldTarget,
  folder: EntryFolder,
): void {
  const data = new FactDecoder().decode(fold.message, entry);
  const asked = new Set<string>();
  folder.asked = asked;
  const parts = folder.partsOf(fold, data, entry, target.context, entry.seq - 1);
  const memories = folder.memoriesOf(fold, data, entry, target.context) ?? [];
  folder.asked = undefined;
  const otherwise = target.context?.contradicted(memories, entry.seq) ?? [];
  target.apply(parts, entry.seq, entry.seq, folder.recordedMonth(entry));
  if (memories.length > 0) target.remember(memories, entry.seq);
  if (otherwise.length > 0) retell(otherwise.map(nameOf), entry, told, target, folder);
  // The bytes aren't needed again.
  const { unit, source, seq, recordedAt } = entry;
  told.set(seq, { fold, data, entry: { unit, source, seq, recordedAt }, asked, parts, memories, withdrawn: false });
}

/** Folds anew what was folded with values that `by` has changed, and what follows from that. */
function retell(
  names: readonly string[],
  by: FoldEntry,
  told: ReadonlyMap<number, Told>,
  target: FoldTarget,
  folder: EntryFolder,
): void {
  const changed = new Set(names);
  const month = folder.recordedMonth(by);
  // In order of seq, so that what follows from an entry comes after it.
  for (const each of told.values()) {
    if (each.withdrawn || ![...each.asked].some((name) => changed.has(name))) continue;
    const parts = folder.partsOf(each.fold, each.data, each.entry, target.context, by.seq);
    if (!equal(parts, each.parts)) {
      target.retract(each.parts, each.entry.seq, by.seq, month);
      target.apply(parts, each.entry.seq, by.seq, month);
      each.parts = parts;
    }
    const said = (each.memories.length > 0 && memoriesNow(each, by, target, folder)) || [];
    for (const memory of said) changed.add(nameOf(memory));
    if (said.length > 0) target.remember(said, by.seq);
  }
}

/** What an entry says now that follows from others and isn't what it said before. */
function memoriesNow(each: Told, by: FoldEntry, target: FoldTarget, folder: EntryFolder): Memory[] {
  const again = folder.memoriesOf(each.fold, each.data, { ...each.entry, seq: by.seq + 1 }, target.context) ?? [];
  const news = again.filter((memory) => memory.kind === 'said' && !each.memories.some((known) => equal(known, memory)));
  each.memories = each.memories.map((known) => news.find((memory) => nameOf(memory) === nameOf(known)) ?? known);
  return news;
}

const nameOf = ({ of, id }: Memory): string => `${of}:${id}`;

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
