import { monthIndexOf, monthOf } from '@gdtx/territory/days';
import { stepsOfSeries } from '../../columns/level-steps.js';
import type { Memory } from '../../indicators/folds/fold.js';
import type { Contribution, LevelPart } from '../../model.js';
import { Context } from '../../projector/context.js';
import type { FoldTarget } from '../../projector/entry-folder.js';
import type { BearerOf } from '../bearers.js';
import { isAsked } from '../entry-parts.js';
import type { TermQuery } from '../evaluate.js';
import type { FigureQuery } from '../figure-query.js';
import { balanceLeftOut, bounds } from '../flows.js';
import type { Moment } from '../places.js';

/** One of the indicators that a figure is made of, with what decides which units' facts are part of it. */
export interface EffectTerm extends TermQuery {
  /** Of a flow's or a balance's month. */
  includes: (unit: string, moment: Moment) => boolean;
  /** Of a level on its day: through whoever bears it. */
  bears: (unit: string) => boolean;
  bearerOf: BearerOf;
  /** Of a level. */
  day: string;
}

/** What an entry changed in a figure when it was recorded. */
export interface Effect {
  /** By the term's number. */
  values: Map<number, number>;
  /** The first day, or month, of what it speaks of. */
  of: string;
}

/**
 * Folds one ledger and notes by how much each entry changed the figure: what it adds, what it takes back, and what a correction makes of
 * earlier ones. Entries up to `since` are what was known before.
 */
export class LedgerEffects implements FoldTarget {
  context: Context | undefined = new Context();
  readonly byEntry = new Map<number, Effect>();
  private readonly levels: readonly (LevelOfLedger | undefined)[];

  constructor(
    private readonly terms: readonly EffectTerm[],
    private readonly unit: string,
    private readonly since: number,
  ) {
    this.levels = terms.map((term) =>
      term.query.indicator.kind === 'flow' ? undefined : new LevelOfLedger(term, unit),
    );
  }

  apply(parts: readonly Contribution[], seq: number, by: number): void {
    for (const part of parts) {
      if (part.kind === 'record' || part.kind === 'period') continue;
      for (const [i, term] of this.terms.entries()) {
        if (!isAsked(part, term.query)) continue;
        const level = this.levels[i];
        if (part.kind === 'level') this.note(by, i, level?.add(part, seq, by > this.since) ?? 0, part.day);
        else if (!level) this.note(by, i, this.flow(term, part), part.kind === 'flow' ? part.month : part.to);
      }
    }
  }

  retract(parts: readonly Contribution[], seq: number, by: number): void {
    for (const [i, term] of this.terms.entries()) {
      const level = this.levels[i];
      if (level) this.note(by, i, level.remove(seq, by > this.since), '');
      else
        for (const part of parts)
          if ((part.kind === 'flow' || part.kind === 'balance') && isAsked(part, term.query))
            this.note(by, i, -this.flow(term, part), '');
    }
  }

  remember(memories: readonly Memory[], seq: number): void {
    this.context!.remember(memories, seq);
  }

  private note(by: number, term: number, value: number, of: string): void {
    if (by <= this.since || value === 0) return;
    let effect = this.byEntry.get(by);
    if (!effect) this.byEntry.set(by, (effect = { values: new Map(), of }));
    effect.values.set(term, (effect.values.get(term) ?? 0) + value);
    if (of !== '' && (effect.of === '' || of < effect.of)) effect.of = of;
  }

  private flow({ query, includes }: EffectTerm, part: Extract<Contribution, { kind: 'flow' | 'balance' }>): number {
    if (part.kind === 'balance' && (query.part !== '' || balanceLeftOut(part, query))) return 0;
    const month = monthIndexOf(part.kind === 'flow' ? part.month : monthOf(part.to));
    if (part.kind === 'flow' && !within(month, query)) return 0;
    return includes(part.at || this.unit, { month, day: null }) ? part.value : 0;
  }
}

function within(month: number, query: FigureQuery): boolean {
  const [first, last] = bounds(query);
  return month >= first && month <= last;
}

interface Said extends Pick<LevelPart, 'day' | 'mode' | 'value' | 'precision'> {
  seq: number;
}

interface Slot {
  bears: boolean;
  said: Said[];
}

/** What one ledger says of a level on a day, slot by slot. */
class LevelOfLedger {
  private readonly slots = new Map<string, Slot>();
  private readonly bySeq = new Map<number, Set<Slot>>();

  constructor(
    private readonly term: EffectTerm,
    private readonly unit: string,
  ) {}

  /** Gives by how much the level has changed, where that `counts`. */
  add({ category, at, slot: name, day, mode, value, precision }: LevelPart, seq: number, counts: boolean): number {
    if (day > this.term.day) return 0;
    const key = `${category}\n${at ?? ''}\n${name}`;
    let slot = this.slots.get(key);
    if (!slot) this.slots.set(key, (slot = { bears: this.term.bears(at || this.unit), said: [] }));
    const slots = this.bySeq.get(seq);
    if (slots) slots.add(slot);
    else this.bySeq.set(seq, new Set([slot]));
    return this.changed(slot, counts, () => void slot.said.push({ day, mode, value, precision, seq }));
  }

  remove(seq: number, counts: boolean): number {
    let sum = 0;
    for (const slot of this.bySeq.get(seq) ?? []) {
      sum += this.changed(slot, counts, () => void (slot.said = slot.said.filter((each) => each.seq !== seq)));
    }
    this.bySeq.delete(seq);
    return sum;
  }

  private changed(slot: Slot, counts: boolean, change: () => void): number {
    if (!counts || !slot.bears) {
      change();
      return 0;
    }
    const before = valueOf(slot.said);
    change();
    return valueOf(slot.said) - before;
  }
}

const valueOf = (said: readonly Said[]): number => stepsOfSeries([...said]).reduce((sum, { value }) => sum + value, 0);
