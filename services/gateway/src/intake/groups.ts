import type { Readable } from 'node:stream';
import type { Line, NdjsonLines } from './ndjson-lines.js';

export interface GroupLimits {
  facts: number;
  bytes: number;
}

/**
 * The lines of a body in groups: what has arrived while the group before was decided, up to the limits. Reading stops while
 * a whole group waits, so that a slow owner, or a publisher who doesn't read our answers, holds back the body itself.
 * Throws the body's error after the lines that came whole before it; what was begun of the next line is dropped.
 */
export async function* groupsOf(body: Readable, lines: NdjsonLines, limits: GroupLimits): AsyncGenerator<Line[]> {
  const waiting: Line[] = [];
  let bytes = 0;
  let ended = false;
  let stopped = false;
  let failure: unknown;
  const arrived = new Signal();
  const taken = new Signal();

  // Only a full group makes the reader wait: the lines of one chunk come into it in one go.
  const take = async (come: Iterable<Line>): Promise<void> => {
    for (const line of come) {
      while (waiting.length >= limits.facts || bytes >= limits.bytes) {
        arrived.give();
        await taken.wait();
        if (stopped) throw new Error('nobody asks for lines any more');
      }
      waiting.push(line);
      bytes += line.bytes;
    }
    if (waiting.length > 0) arrived.give();
  };
  const read = async (): Promise<void> => {
    for await (const chunk of body) await take(lines.push(chunk as Buffer));
    await take(lines.end());
  };
  void read()
    .catch((error: unknown) => (failure = error))
    .finally(() => {
      ended = true;
      arrived.give();
    });

  try {
    while (true) {
      if (waiting.length === 0) {
        if (ended) break;
        await arrived.wait();
        continue;
      }
      const group = waiting.splice(0, fitting(waiting, limits.bytes));
      bytes -= group.reduce((sum, line) => sum + line.bytes, 0);
      taken.give();
      yield group;
    }
    if (failure !== undefined) throw failure;
  } finally {
    // Whoever stops asking for groups wants no more of the body; a reader that waits for room must not wait for ever.
    stopped = true;
    body.destroy();
    taken.give();
  }
}

/** How many of the lines a group of so many bytes holds; one at least. */
function fitting(lines: readonly Line[], mostBytes: number): number {
  let bytes = 0;
  let count = 0;
  for (const line of lines) {
    bytes += line.bytes;
    if (count > 0 && bytes > mostBytes) break;
    count += 1;
  }
  return count;
}

/** Wakes the one who waits; given while nobody waits, it lets the next one pass. */
class Signal {
  #given = false;
  #wake: (() => void) | undefined;

  give(): void {
    this.#given = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (!this.#given) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#given = false;
    this.#wake = undefined;
  }
}
