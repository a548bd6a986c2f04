/**
 * Bytes that arrive in pieces, in one buffer. A list of the pieces would do for honest publishers; a body sent in chunks of
 * one byte would make it a hundred times the body's size.
 */
export class GrowingBytes {
  #buffer: Buffer;
  #length = 0;

  constructor(expected = 0) {
    this.#buffer = Buffer.allocUnsafe(expected);
  }

  get length(): number {
    return this.#length;
  }

  append(part: Buffer): void {
    const needed = this.#length + part.length;
    if (needed > this.#buffer.length) {
      const bigger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(bigger, 0, 0, this.#length);
      this.#buffer = bigger;
    }
    part.copy(this.#buffer, this.#length);
    this.#length = needed;
  }

  /** What has arrived; the store is empty afterwards. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafe(0);
    this.#length = 0;
    return taken;
  }
}
