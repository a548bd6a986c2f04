import type { UnitYear } from '../model.js';
import { dayInYear } from '../projector/months.js';
import { CELL, CELL_WIDTH, LEVEL, LEVEL_WIDTH } from '../projector/rows.js';
import { packPeriods } from '../projector/stored-periods.js';
import { packLastSeqs, type StoredUnitYear } from '../projector/stored-year.js';

/** A document as it would be stored; `readUnitYear` is the way back. */
export function packUnitYear(document: UnitYear): StoredUnitYear {
  const { _id, service, unit, year, epoch, seq, balances } = document;
  const series = new Numbered();
  const slots = new Numbered();
  const cells = rows(document.cells, CELL_WIDTH, (view, at, cell) => {
    view.setUint32(
      at + CELL.series,
      series.of(JSON.stringify([cell.indicator, cell.category, cell.part, cell.at])),
      true,
    );
    view.setUint16(at + CELL.recorded, cell.recorded, true);
    view.setUint8(at + CELL.month, cell.month - year * 12);
    view.setFloat64(at + CELL.sum, cell.sum, true);
    view.setInt32(at + CELL.counts, cell.exact, true);
    view.setInt32(at + CELL.counts + 4, cell.atLeast, true);
    view.setInt32(at + CELL.counts + 8, cell.about, true);
  });
  const levels = rows(document.levels, LEVEL_WIDTH, (view, at, level) => {
    const { indicator, category, part, at: place } = level;
    view.setUint32(at + LEVEL.series, series.of(JSON.stringify([indicator, category, part, place])), true);
    view.setUint32(at + LEVEL.slot, slots.of(level.slot), true);
    view.setUint32(at + LEVEL.seq, level.seq, true);
    view.setUint16(at + LEVEL.recorded, level.recorded, true);
    view.setUint16(at + LEVEL.withdrawn, level.withdrawn ?? 0, true);
    view.setUint16(at + LEVEL.day, dayInYear(level.day), true);
    view.setUint8(at + LEVEL.mode, level.mode === 'add' ? 1 : 0);
    view.setUint8(at + LEVEL.precision, level.precision);
    view.setFloat64(at + LEVEL.value, level.value, true);
  });
  const named = { series: `[${series.texts.join(',')}]`, slots: slots.texts };
  const lastSeqs = document.lastSeqs && { lastSeqs: packLastSeqs(document.lastSeqs) };
  const periods = document.periods && packPeriods(year, document.periods);
  return { _id, service, unit, year, epoch, seq, ...named, cells, levels, balances, ...lastSeqs, ...periods };
}

class Numbered {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

function rows<Item>(
  items: readonly Item[],
  width: number,
  write: (view: DataView, at: number, item: Item) => void,
): Uint8Array {
  const bytes = new Uint8Array(items.length * width);
  const view = new DataView(bytes.buffer);
  for (const [i, item] of items.entries()) write(view, i * width, item);
  return bytes;
}
