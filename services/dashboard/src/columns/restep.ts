import type { LevelColumns, LevelEventRow, LevelRows } from './level-columns.js';
import { stepsOfSeries } from './level-steps.js';
import type { HeldYear } from './read-model.js';

/** Between the slots of a document, in one text: a list of its own for each would take more than the rows do. */
export const SLOT_END = '\u{0}';

/** Of which slots of which series something has changed. */
export type Touched = Map<LevelColumns, Map<number, Set<string>>>;

export function touch(touched: Touched, rows: LevelRows, row: number, slot: string): void {
  const { columns } = rows.chunkOf(row);
  let bySeries = touched.get(columns);
  if (!bySeries) touched.set(columns, (bySeries = new Map()));
  const series = rows.seriesOf(row);
  const slots = bySeries.get(series);
  if (slots) slots.add(slot);
  else bySeries.set(series, new Set([slot]));
}

/**
 * Works out anew what the events of a ledger add to its levels: all, or those of the slots that were touched. A slot reaches
 * over years, so all documents of the ledger are looked through.
 */
export function restep(rows: LevelRows, years: readonly HeldYear[], touched: Touched | undefined): void {
  const slotNumbers = new Map<string, number>();
  const found = new Map<number, Slot>();
  for (const { firstEvent, slots } of years) {
    let texts: string[] | undefined;
    for (let row = firstEvent; row >= 0; row = rows.after(row)) {
      const { columns } = rows.chunkOf(row);
      const series = rows.seriesOf(row);
      const wanted = touched?.get(columns)?.get(series);
      if (touched && !wanted) continue;
      texts ??= slots.split(SLOT_END);
      const slot = texts[rows.slotOf(row)]!;
      if (wanted && !wanted.has(slot)) continue;
      let slotNumber = slotNumbers.get(slot);
      if (slotNumber === undefined) slotNumbers.set(slot, (slotNumber = slotNumbers.size));
      // Below 2^53: a thousand columns, four million series, a million slots.
      const key = (columns.number * 0x400000 + series) * 0x100000 + slotNumber;
      let group = found.get(key);
      if (!group) found.set(key, (group = { first: row, standing: [], gone: undefined }));
      rows.setGroup(row, group.first);
      if (rows.stands(row)) group.standing.push(rows.at(row));
      else {
        (group.gone ??= []).push(row);
        rows.setStep(row, 0, 0, 0, 0);
      }
    }
  }
  for (const slot of found.values()) {
    const steps = stepsOfSeries(slot.standing);
    const retold = isRetold(rows, slot);
    for (const { event, value, exact, atLeast, about } of steps) {
      rows.setStep(event.row, value, exact, atLeast, about);
      rows.setRetold(event.row, retold);
    }
    for (const row of slot.gone ?? []) rows.setRetold(row, retold);
  }
}

interface Slot {
  first: number;
  standing: LevelEventRow[];
  /** Of most slots nothing was withdrawn. */
  gone: number[] | undefined;
}

/** `standing`: in the order in which they hold. */
function isRetold(rows: LevelRows, { standing, gone }: Slot): boolean {
  let last = 0;
  for (const { row } of standing) {
    const recorded = rows.recordedOf(row);
    if (recorded < last) return true;
    last = recorded;
  }
  return gone?.some((row) => rows.stoodOnce(row)) ?? false;
}
