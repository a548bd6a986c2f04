import { monthNumber, type RecordPiece, type StoredRecord } from '../model.js';

/** What was said of a unit's month in one service. */
export interface PeriodEvent {
  kind: 'closed' | 'approved' | 'reopened';
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Of a closing: there was nothing to report. */
  nothing: boolean;
  /** Of an approval: up to which entry. */
  upToSeq: number;
}

const KINDS = ['closed', 'approved', 'reopened'] as const;

/** month, kind, seq, at, nothing or upToSeq, recorded month, month of its withdrawal or 0, newness of the record */
const WIDTH = 8;

interface Ledger {
  rows: Float64Array;
  count: number;
}

/**
 * What was said of months, as rows of numbers by ledger: a nation closes some hundred thousand months in five years, and as
 * objects they would fill the memory that figures need. Rows of one month stand in order of seq.
 */
export class PeriodRows {
  private readonly ledgers = new Map<string, Ledger>();

  /** Takes in a record of the collection `periods`; one that isn't newer changes nothing. */
  apply(record: StoredRecord): void {
    const id = `${record.service}/${record.unit}`;
    let ledger = this.ledgers.get(id);
    if (!ledger) this.ledgers.set(id, (ledger = { rows: new Float64Array(WIDTH * 4), count: 0 }));
    const month = monthNumber(record.id);
    const newness = record.epoch * 2 ** 32 + record.seq;
    if (newnessOf(ledger, month) >= newness) return;
    drop(ledger, month);
    for (const piece of record.pieces) add(ledger, month, piece, newness);
  }

  /** What stands of a month as known at the end of a month (`known`, months since year 0); default: now. In order of seq. */
  events(service: string, unit: string, month: number, known = Infinity): PeriodEvent[] {
    const found: PeriodEvent[] = [];
    const ledger = this.ledgers.get(`${service}/${unit}`);
    if (!ledger) return found;
    const { rows } = ledger;
    for (let at = 0; at < ledger.count * WIDTH; at += WIDTH) {
      if (rows[at] !== month || rows[at + 5]! > known) continue;
      const withdrawn = rows[at + 6]!;
      if (withdrawn !== 0 && withdrawn <= known) continue;
      const kind = KINDS[rows[at + 1]!]!;
      const detail = rows[at + 4]!;
      found.push({
        kind,
        seq: rows[at + 2]!,
        at: rows[at + 3]!,
        nothing: kind === 'closed' && detail === 1,
        upToSeq: kind === 'approved' ? detail : 0,
      });
    }
    return found;
  }
}

function add(
  ledger: Ledger,
  month: number,
  { seq, set, append, recorded, withdrawn }: RecordPiece,
  newness: number,
): void {
  const said = (append['reopened'] ?? set['approved'] ?? set['closed']) as
    { recordedAt?: number; nothingToReport?: boolean; upToSeq?: number } | undefined;
  const kind = append['reopened'] ? 2 : set['approved'] ? 1 : 0;
  const at = ledger.count * WIDTH;
  if (at + WIDTH > ledger.rows.length) {
    const larger = new Float64Array(Math.ceil(ledger.rows.length * 1.5) + WIDTH);
    larger.set(ledger.rows);
    ledger.rows = larger;
  }
  ledger.rows.set(
    [
      month,
      kind,
      seq,
      said?.recordedAt ?? 0,
      kind === 1 ? (said?.upToSeq ?? 0) : said?.nothingToReport ? 1 : 0,
      recorded,
      withdrawn ?? 0,
      newness,
    ],
    at,
  );
  ledger.count++;
}

function newnessOf({ rows, count }: Ledger, month: number): number {
  for (let at = 0; at < count * WIDTH; at += WIDTH) if (rows[at] === month) return rows[at + 7]!;
  return -1;
}

function drop(ledger: Ledger, month: number): void {
  const { rows } = ledger;
  let kept = 0;
  for (let at = 0; at < ledger.count * WIDTH; at += WIDTH) {
    if (rows[at] === month) continue;
    rows.copyWithin(kept * WIDTH, at, at + WIDTH);
    kept++;
  }
  ledger.count = kept;
}
