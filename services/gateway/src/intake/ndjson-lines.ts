import { GrowingBytes } from './growing-bytes.js';

/** A line of an NDJSON body, numbered from 1 as an editor does. */
export type Line = { number: number; bytes: number } & ({ text: string } | { wrong: 'too-long' | 'not-utf8' });

const NEWLINE = 0x0a;

/**
 * Cuts bytes into lines, wherever the chunks end: inside a line, inside a character, between CR and LF. Blank lines are
 * counted and left out. Holds at most one line of `mostBytes`; a longer one is said once and the rest of it passed over.
 */
export class NdjsonLines {
  /** The number of the line last completed. */
  #number = 0;
  #begun = new GrowingBytes();
  #skipping = false;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(private readonly mostBytes: number) {}

  /** The lines that this chunk completes, one by one. */
  *push(chunk: Buffer): Generator<Line> {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const line = this.#finish(chunk.subarray(from, at));
      from = at + 1;
      if (line) yield line;
    }
    const overlong = this.#begin(chunk.subarray(from));
    if (overlong) yield overlong;
  }

  /** The last line of a complete body, if it has no newline. */
  *end(): Generator<Line> {
    const line = this.#begun.length > 0 ? this.#finish(Buffer.alloc(0)) : undefined;
    if (line) yield line;
  }

  #begin(part: Buffer): Line | undefined {
    if (this.#skipping || part.length === 0) return undefined;
    if (this.#begun.length + part.length <= this.mostBytes) {
      this.#begun.append(part);
      return undefined;
    }
    this.#begun.take();
    this.#skipping = true;
    return { number: this.#number + 1, bytes: 0, wrong: 'too-long' };
  }

  #finish(rest: Buffer): Line | undefined {
    const number = ++this.#number;
    if (this.#skipping) {
      this.#skipping = false;
      return undefined;
    }
    if (this.#begun.length + rest.length > this.mostBytes) {
      this.#begun.take();
      return { number, bytes: 0, wrong: 'too-long' };
    }
    const bytes = this.#begun.length + rest.length;
    const text = this.#decode(number, this.#whole(rest));
    if (text === undefined) return { number, bytes, wrong: 'not-utf8' };
    return text === '' ? undefined : { number, bytes, text };
  }

  #whole(rest: Buffer): Buffer {
    // Most lines lie within one chunk: these aren't copied.
    if (this.#begun.length === 0) return rest;
    this.#begun.append(rest);
    return this.#begun.take();
  }

  #decode(number: number, line: Buffer): string | undefined {
    try {
      const text = this.#decoder.decode(line);
      return (number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text).trim();
    } catch {
      return undefined;
    }
  }
}
