import type { Arena, Block } from './arena.js';

const NOWHERE = new DataView(new ArrayBuffer(0));

/** Rows of a fixed width in one block of memory, which is also what is stored: writing a document copies it and nothing else. */
export class Rows {
  count = 0;
  /** Where the rows are: the first begins at `base` of `view`. Another place after each `push`. */
  view: DataView;
  base: number;
  /** None while there are no rows: most documents have some kinds of rows only. */
  private block: Block | undefined;

  constructor(
    private readonly arena: Arena,
    readonly width: number,
    bytes?: Uint8Array,
  ) {
    this.view = NOWHERE;
    this.base = 0;
    if (!bytes?.length) return;
    this.use(arena.take(bytes.length));
    if (bytes.length % width !== 0) throw new Error(`${bytes.length} bytes are no rows of ${width}`);
    this.memory(bytes.length).set(bytes);
    this.count = bytes.length / width;
  }

  /** Makes a row of zeros at the end; gives where it begins in `view`. */
  push(): number {
    const at = this.count * this.width;
    if (at + this.width > this.size) this.grow();
    this.count += 1;
    return this.base + at;
  }

  /** A copy, since rows change while a document is being written. */
  bytes(): Buffer {
    const length = this.count * this.width;
    const copy = Buffer.allocUnsafe(length);
    copy.set(this.memory(length));
    return copy;
  }

  /** Bytes of the block. */
  get size(): number {
    return this.block?.size ?? 0;
  }

  /** Gives the memory back; the rows are gone. */
  release(): void {
    if (this.block) this.arena.give(this.block);
    this.block = undefined;
    this.count = 0;
  }

  private memory(length: number): Uint8Array {
    return new Uint8Array(this.view.buffer, this.base, length);
  }

  private grow(): void {
    const { block } = this;
    const larger = this.arena.take(this.size * 2);
    if (block) {
      const { view, base, size } = block;
      // For so few bytes cheaper than the two objects that a copy takes.
      for (let i = 0; i < size; i += 4) larger.view.setInt32(larger.base + i, view.getInt32(base + i));
      this.arena.give(block);
    }
    this.use(larger);
  }

  private use(block: Block): void {
    this.block = block;
    this.view = block.view;
    this.base = block.base;
  }
}

// A cell: u32 series (by the document's list) · u16 recorded month · u8 month of the year · u8 free · f64 sum · i32 exact ·
// i32 at least · i32 about. Little-endian.
export const CELL_WIDTH = 28;
export const CELL = { series: 0, recorded: 4, month: 6, sum: 8, counts: 16 } as const;

// A level's event: u32 series · u32 slot (by the document's list) · u32 seq · u16 recorded month · u16 month in which it was
// withdrawn, 0: it stands · u16 day of the year · u8 mode (0 set, 1 add) · u8 precision · f64 value.
export const LEVEL_WIDTH = 28;
export const LEVEL = {
  series: 0,
  slot: 4,
  seq: 8,
  recorded: 12,
  withdrawn: 14,
  day: 16,
  mode: 18,
  precision: 19,
  value: 20,
} as const;

// A word on a month of reports: u32 seq · u32 up to which seq · u32 remark (its place in the document's list and 1; 0: none) ·
// u16 recorded month · u16 month in which it was withdrawn, 0: it stands · u8 month of the year · u8 kind (its place in
// PERIOD_KINDS) · u8 nothing to report (1) · u8 free · f64 recorded at.
export const PERIOD_WIDTH = 28;
export const PERIOD = {
  seq: 0,
  upToSeq: 4,
  remark: 8,
  recorded: 12,
  withdrawn: 14,
  month: 16,
  kind: 17,
  nothing: 18,
  at: 20,
} as const;
