export interface RoomLimits {
  calls: number;
  bytes: number;
}

interface Waiting {
  bytes: number;
  admit: (leave: () => void) => void;
}

/**
 * How much may be under way at once, in calls and in bytes; what doesn't fit is turned away instead of being kept in memory.
 * A single call that is larger than all the room is admitted when the room is empty.
 */
export class Room {
  #calls = 0;
  #bytes = 0;
  #waiting: Waiting[] = [];

  constructor(private readonly most: RoomLimits) {}

  get calls(): number {
    return this.#calls;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A place, to be left by calling what it returns; undefined when the room is full. */
  tryEnter(bytes: number): (() => void) | undefined {
    return this.#waiting.length === 0 && this.#fits(bytes) ? this.#admit(bytes) : undefined;
  }

  /** A place as soon as there is one, first come, first served; undefined when there was none for `patienceMs`. */
  enter(bytes: number, patienceMs: number): Promise<(() => void) | undefined> {
    const now = this.tryEnter(bytes);
    if (now || patienceMs <= 0) return Promise.resolve(now);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        bytes,
        admit: (leave) => {
          clearTimeout(timer);
          resolve(leave);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((w) => w !== waiting);
        resolve(undefined);
        this.#admitWaiting();
      }, patienceMs);
      this.#waiting.push(waiting);
    });
  }

  #fits(bytes: number): boolean {
    return this.#calls === 0 || (this.#calls < this.most.calls && this.#bytes + bytes <= this.most.bytes);
  }

  #admit(bytes: number): () => void {
    this.#calls += 1;
    this.#bytes += bytes;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#calls -= 1;
      this.#bytes -= bytes;
      this.#admitWaiting();
    };
  }

  #admitWaiting(): void {
    for (let first = this.#waiting[0]; first && this.#fits(first.bytes); first = this.#waiting[0]) {
      this.#waiting.shift();
      first.admit(this.#admit(first.bytes));
    }
  }
}
