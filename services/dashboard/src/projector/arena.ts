/** A piece of memory: `size` bytes of `view` from `base` on. */
export interface Block {
  view: DataView;
  base: number;
  size: number;
}

const SLAB = 4 * 1024 * 1024;
export const SMALLEST = 128;

/**
 * Memory for the rows of documents, in blocks whose sizes are powers of two. A hundred thousand documents with buffers of
 * their own keep the garbage collector busier than the folding itself; so they share a few large ones.
 */
export class Arena {
  /** Bytes that are given out. */
  used = 0;
  private slab: DataView | undefined;
  private next = SLAB;
  private readonly free = new Map<number, Block[]>();

  /** At least so many bytes, all zero. */
  take(bytes: number): Block {
    let size = SMALLEST;
    while (size < bytes) size *= 2;
    this.used += size;
    const again = this.free.get(size)?.pop();
    if (again) {
      new Uint8Array(again.view.buffer, again.base, size).fill(0);
      return again;
    }
    if (size >= SLAB) return { view: new DataView(new ArrayBuffer(size)), base: 0, size };
    if (!this.slab || this.next + size > SLAB) {
      this.slab = new DataView(new ArrayBuffer(SLAB));
      this.next = 0;
    }
    const base = this.next;
    this.next += size;
    return { view: this.slab, base, size };
  }

  /** Nobody may use the block any more. */
  give(block: Block): void {
    this.used -= block.size;
    if (block.size >= SLAB) return;
    const free = this.free.get(block.size);
    if (free) free.push(block);
    else this.free.set(block.size, [block]);
  }
}
