/** Rows of a fixed width in one piece of memory, which is also what is stored: writing a document copies it and nothing else. */
export class Rows {
  count = 0;
  view: DataView;

  constructor(
    readonly width: number,
    bytes?: Uint8Array,
  ) {
    this.view = new DataView(new ArrayBuffer(bytes?.length ? bytes.length : width * 4));
    if (!bytes) return;
    if (bytes.length % width !== 0) throw new Error(`${bytes.length} bytes are no rows of ${width}`);
    new Uint8Array(this.view.buffer).set(bytes);
    this.count = bytes.length / width;
  }

  /** Makes a row of zeros at the end; gives its offset. */
  push(): number {
    const offset = this.count * this.width;
    if (offset + this.width > this.view.byteLength) this.grow();
    this.count += 1;
    return offset;
  }

  /** A copy, since rows change while a document is being written. */
  bytes(): Buffer {
    const length = this.count * this.width;
    const copy = Buffer.allocUnsafe(length);
    copy.set(new Uint8Array(this.view.buffer, 0, length));
    return copy;
  }

  get size(): number {
    return this.view.byteLength;
  }

  private grow(): void {
    const larger = new ArrayBuffer(this.view.byteLength * 2);
    new Uint8Array(larger).set(new Uint8Array(this.view.buffer));
    this.view = new DataView(larger);
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
