import { deriveRecord } from './derive.js';
import type { Once } from './once.js';
import type { UnitRecord } from './records.js';
import type { PackedStatement } from './statements.js';
import { unpacked } from './statements.js';

/** What is held of a unit in one service. Replaced as a whole on each change, so that forks can share it. */
export interface Held {
  statements: readonly PackedStatement[];
  /** Worked out when it is asked for; `null`: nothing says that the unit began. */
  record?: UnitRecord | null | undefined;
}

/**
 * Works out units' records, and keeps as many as it may. The whole country's take more than all that is said of it, and a service that
 * decides on some units a second looks at few of them.
 */
export class RecordsKept {
  private readonly kept: Held[] = [];
  private next = 0;

  constructor(
    private readonly once: Once,
    private readonly limit: number,
  ) {}

  of(id: string, held: Held | undefined): UnitRecord | undefined {
    if (held?.record !== undefined) return held.record ?? undefined;
    const record = this.look(id, held);
    if (held) this.keep(held, record);
    return record;
  }

  /** For who goes through all of them, once: what is worked out for it is kept only where all are. */
  look(id: string, held: Held | undefined): UnitRecord | undefined {
    if (!held) return undefined;
    if (held.record !== undefined) return held.record ?? undefined;
    const statements = held.statements.map((statement) => unpacked(statement, this.once));
    const record = deriveRecord(id, statements);
    if (this.limit === Infinity) held.record = record ?? null;
    return record;
  }

  /** The one worked out first makes room. */
  private keep(held: Held, record: UnitRecord | undefined): void {
    held.record = record ?? null;
    if (this.limit === Infinity) return;
    const oldest = this.kept[this.next];
    if (oldest) oldest.record = undefined;
    this.kept[this.next] = held;
    this.next = (this.next + 1) % this.limit;
  }
}
