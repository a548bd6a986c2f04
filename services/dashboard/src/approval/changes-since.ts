import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { lastDayOfMonth, monthOf, type Month } from '@gdtx/territory/days';
import { levelSteps } from '../columns/level-steps.js';
import { FOLDS, SERVICES_FOLDED } from '../indicators/folds/all.js';
import type { Memory } from '../indicators/folds/fold.js';
import type { Contribution, LevelEvent, LevelPart } from '../model.js';
import { Context } from '../projector/context.js';
import type { FoldTarget } from '../projector/entry-folder.js';
import { FactTypes } from '../projector/fact-types.js';
import { foldWholeLedger } from '../projector/whole-ledger.js';

const TYPES = new FactTypes(FOLDS, SERVICES_FOLDED);

/** What an entry adds to a month, or takes away. */
export interface Effect {
  indicator: string;
  category: string;
  kind: Part['kind'];
  /** Of a level: the value that it says, from `day` on. */
  value: number;
  day?: string;
  /** What an earlier entry had said is taken back. */
  takesBack: boolean;
}

/** What a figure of the month was when it was approved, and is now; null: nothing was said of it. */
export interface Movement {
  indicator: string;
  category: string;
  approved: number | null;
  now: number | null;
}

export interface ChangesSince {
  entries: { entry: Entry; effects: Effect[] }[];
  /** What differs, by indicator and category. */
  figures: Movement[];
}

type Part = Exclude<Contribution, { kind: 'record' | 'period' }>;

/** Something that was put in or taken out by an entry. */
interface Change {
  part: Part;
  /** Whose words they are. */
  seq: number;
  by: number;
  takesBack: boolean;
}

/**
 * What the entries of a ledger after `upToSeq` have done to a month: each with its effect, and the figures that are others now.
 * A figure is a flow's sum over the month or a level on its last day, of this ledger alone. Pure.
 */
export function changesSince(entries: readonly Entry[], month: Month, upToSeq: number): ChangesSince {
  const target = new Changes();
  foldWholeLedger(entries, TYPES, target);
  const byEntry = new Map<number, Effect[]>();
  for (const change of target.changes) {
    if (change.by <= upToSeq || monthOf(dateOf(change.part)) !== month) continue;
    const effects = byEntry.get(change.by);
    if (effects) effects.push(effectOf(change));
    else byEntry.set(change.by, [effectOf(change)]);
  }
  return {
    entries: entries.flatMap((entry) => {
      const effects = byEntry.get(entry.seq);
      return effects ? [{ entry, effects }] : [];
    }),
    figures: movements(target.changes, month, upToSeq),
  };
}

function effectOf({ part, takesBack }: Change): Effect {
  const { indicator, category, kind, value } = part;
  if (kind !== 'flow') return { indicator, category, kind, value, day: dateOf(part), takesBack };
  return { indicator, category, kind, value: takesBack ? -value : value, takesBack };
}

function movements(changes: readonly Change[], month: Month, upToSeq: number): Movement[] {
  const before = figuresOf(changes, month, upToSeq);
  const now = figuresOf(changes, month, Infinity);
  const names = [...new Set([...before.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [indicator, category] = name.split('\n') as [string, string];
    const movement = { indicator, category, approved: before.get(name) ?? null, now: now.get(name) ?? null };
    return movement.approved === movement.now ? [] : [movement];
  });
}

/** The figures of the month as of an entry. */
function figuresOf(changes: readonly Change[], month: Month, upTo: number): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  const add = ({ indicator, category }: { indicator: string; category: string }, value: number, count: number) => {
    const name = `${indicator}\n${category}`;
    const known = sums.get(name) ?? { sum: 0, count: 0 };
    sums.set(name, { sum: known.sum + value, count: known.count + count });
  };
  const events = new Map<string, LevelEvent>();
  for (const { part, seq, by, takesBack } of changes) {
    if (by > upTo) continue;
    if (part.kind === 'flow') {
      const sign = takesBack ? -1 : 1;
      if (part.month === month) add(part, sign * part.value, sign);
    } else if (part.kind === 'level') {
      const name = eventName(part, seq);
      if (takesBack) events.delete(name);
      else events.set(name, { ...part, at: part.at ?? '', seq, recorded: 0, withdrawn: null });
    }
  }
  const last = lastDayOfMonth(month);
  for (const { event, value, exact, atLeast, about } of levelSteps([...events.values()]))
    if (event.day <= last) add(event, value, exact + atLeast + about);
  return new Map([...sums].filter(([, { count }]) => count !== 0).map(([name, { sum }]) => [name, sum]));
}

function eventName({ indicator, category, part, at, slot, day, mode }: LevelPart, seq: number): string {
  return [seq, indicator, category, part, at ?? '', slot, day, mode].join('\n');
}

const dateOf = (part: Part): string => (part.kind === 'flow' ? part.month : part.kind === 'level' ? part.day : part.to);

/** Keeps what is put in and taken out of totals, in order. */
class Changes implements FoldTarget {
  context: Context | undefined = new Context();
  readonly changes: Change[] = [];

  apply(parts: readonly Contribution[], seq: number, by: number): void {
    this.keep(parts, seq, by, false);
  }

  retract(parts: readonly Contribution[], seq: number, by: number): void {
    this.keep(parts, seq, by, true);
  }

  remember(memories: readonly Memory[], seq: number): void {
    this.context!.remember(memories, seq);
  }

  private keep(parts: readonly Contribution[], seq: number, by: number, takesBack: boolean): void {
    for (const part of parts)
      if (part.kind !== 'record' && part.kind !== 'period' && part.part === '')
        this.changes.push({ part, seq, by, takesBack });
  }
}
