import { partitionKey, type Batch, type IncomingMessage } from '@gdtx/kafka/client';
import type { Contribution } from '../model.js';
import type { TracedEntry } from './entry-spans.js';
import { EntryFolder, unitOfSource, type ReadEntry } from './entry-folder.js';
import { Envelope } from './envelope.js';
import type { FactTypes } from './fact-types.js';
import type { Ledger } from './ledger.js';
import type { Ledgers } from './ledgers.js';
import type { Quarantined } from './store.js';

/** An entry that was taken in, for who follows what changes. */
export interface TakenEntry {
  service: string;
  unit: string;
  seq: number;
  type: string;
  indicators: string[];
  /** Collections of records that it spoke of; `periods`: of a month of reports. */
  collections: string[];
}

export interface IntakeCounts {
  taken: number;
  /** Known already: sent again. */
  repeated: number;
  /** Not the next one of their ledger. */
  early: number;
  unknown: number;
  quarantined: number;
}

export interface IntakeNews {
  /** The ledger's next entry isn't there, but a later one is. */
  gap(ledger: Ledger, seen: number): void;
  /** The ledger has to be folded anew. */
  foldAnew(ledger: Ledger): void;
}

const NO_PARTS: readonly Contribution[] = [];
const EMPTY = 'it is empty';

/** Takes the entries of batches in: in memory, at once, in order of each ledger. */
export class Intake {
  readonly counts: IntakeCounts = { taken: 0, repeated: 0, early: 0, unknown: 0, quarantined: 0 };
  quarantined: Quarantined[] = [];
  /** Filled while somebody follows. */
  entries: TakenEntry[] = [];
  follow = false;
  /** Recorded within a trace; few at any time. */
  traced: TracedEntry[] = [];

  private readonly envelope = new Envelope();
  private readonly view = new EnvelopeView(this.envelope);
  private readonly folder: EntryFolder;
  private readonly serviceBytes = new Map<string, Buffer>();

  constructor(
    private readonly ledgers: Ledgers,
    private readonly types: FactTypes,
    private readonly news: IntakeNews,
    private readonly now: () => number,
  ) {
    this.folder = new EntryFolder(types);
  }

  /**
   * Takes what it can, ledger by ledger: what an entry is folded into was used by the one before. Messages of ledgers whose
   * documents aren't in memory are given back, in the order of each ledger: load those and call again with the rest.
   */
  take(
    service: string,
    batch: Pick<Batch, 'topic' | 'partition'>,
    messages: readonly IncomingMessage[],
  ): IncomingMessage[] {
    const ledgers = this.ledgers.of(service);
    const use = this.ledgers.nextUse();
    const expected = this.bytesOf(service);
    const rest: IncomingMessage[] = [];
    for (const [unit, some] of this.byUnit(expected, batch, messages)) {
      const ledger = ledgers.get(unit) ?? this.ledgers.create(service, unit, batch.partition);
      ledger.lastUsed = use;
      for (const message of some) {
        this.read(message, expected);
        if (!this.takeOne(ledger, batch, message)) rest.push(message);
      }
    }
    return rest;
  }

  /** The ledgers of these messages whose documents aren't in memory. */
  absent(service: string, messages: readonly IncomingMessage[]): Ledger[] {
    const ledgers = this.ledgers.of(service);
    const expected = this.bytesOf(service);
    const found = new Set<Ledger>();
    for (const message of messages) {
      if (this.read(message, expected)) continue;
      const ledger = ledgers.get(this.envelope.unit);
      if (ledger && !ledger.resident) found.add(ledger);
    }
    return [...found];
  }

  /** Sets aside what can't be read. */
  private byUnit(
    expected: Buffer,
    { topic, partition }: Pick<Batch, 'topic' | 'partition'>,
    messages: readonly IncomingMessage[],
  ): Map<string, IncomingMessage[]> {
    const byUnit = new Map<string, IncomingMessage[]>();
    for (const message of messages) {
      const problem = this.read(message, expected);
      if (problem) {
        this.setAside(topic, partition, message, problem);
        continue;
      }
      const { unit } = this.envelope;
      const some = byUnit.get(unit);
      if (some) some.push(message);
      else byUnit.set(unit, [message]);
    }
    return byUnit;
  }

  /** Says what is wrong. */
  private read(message: IncomingMessage, expected: Buffer): string | undefined {
    const { place } = message;
    if (place) {
      const { memory, start, end } = place;
      return end < start ? EMPTY : this.envelope.read(memory, expected, start, end);
    }
    const { value } = message;
    return value ? this.envelope.read(value, expected) : EMPTY;
  }

  /** False: its ledger's documents, or one of them, have to be loaded first. */
  private takeOne(
    ledger: Ledger,
    { topic, partition }: Pick<Batch, 'topic' | 'partition'>,
    message: IncomingMessage,
  ): boolean {
    const { envelope } = this;
    if (envelope.seq <= ledger.seq) this.counts.repeated += 1;
    else if (ledger.held) {
      this.counts.early += 1;
      ledger.seenHeld = Math.max(ledger.seenHeld, envelope.seq);
    } else if (!ledger.resident) return false;
    else if (envelope.seq > ledger.seq + 1) {
      this.counts.early += 1;
      this.news.gap(ledger, envelope.seq);
    } else if (!this.takeNext(ledger, topic, partition, message)) {
      ledger.resident = false;
      return false;
    }
    return true;
  }

  /** False: a document that it changes has to be loaded first. */
  private takeNext(ledger: Ledger, topic: string, partition: number, message: IncomingMessage): boolean {
    const { envelope } = this;
    const known = this.types.find(envelope.bytes, envelope.typeStart, envelope.typeEnd);
    let parts: readonly Contribution[] = NO_PARTS;
    if (known) {
      const outcome = this.folder.fold(known, this.view, ledger);
      if (outcome === 'lacking') return false;
      if (outcome === 'says-otherwise') {
        ledger.held = true;
        ledger.seenHeld = envelope.seq;
        this.news.foldAnew(ledger);
        return true;
      }
      if (outcome === 'unreadable') {
        this.setAside(topic, partition, message, this.folder.problem);
        ledger.unknown = [...ledger.unknown, { seq: envelope.seq, type: known.type }];
      } else parts = this.folder.parts;
    } else {
      this.counts.unknown += 1;
      ledger.unknown = [...ledger.unknown, { seq: envelope.seq, type: envelope.type }];
    }
    ledger.seq = envelope.seq;
    if (envelope.hashEnd - envelope.hashStart === 32) {
      for (let i = 0; i < 32; i++) ledger.hash[i] = envelope.bytes[envelope.hashStart + i]!;
    }
    this.ledgers.changed(ledger);
    this.counts.taken += 1;
    if (message.traceparent !== undefined) this.noteTraced(message.traceparent, topic, ledger);
    if (this.follow) this.note(ledger, parts);
    return true;
  }

  private noteTraced(traceparent: string, topic: string, { service, unit, seq }: Ledger): void {
    const { type, recordedAt } = this.envelope;
    this.traced.push({ traceparent, topic, service, unit, seq, type, takenAt: this.now(), recordedAt });
  }

  private note({ service, unit, seq }: Ledger, parts: readonly Contribution[]): void {
    const indicators = new Set<string>();
    const collections = new Set<string>();
    for (const part of parts) {
      if (part.kind === 'record') collections.add(part.collection);
      else if (part.kind === 'period') collections.add('periods');
      else indicators.add(part.indicator);
    }
    const { type } = this.envelope;
    this.entries.push({ service, unit, seq, type, indicators: [...indicators], collections: [...collections] });
  }

  private setAside(topic: string, partition: number, { offset, value }: IncomingMessage, reason: string): void {
    this.counts.quarantined += 1;
    const _id = `${partitionKey(topic, partition)}/${offset}`;
    const kept = value ?? Buffer.alloc(0);
    this.quarantined.push({ _id, topic, partition, offset: BigInt(offset), reason, value: kept, at: this.now() });
  }

  private bytesOf(service: string): Buffer {
    let bytes = this.serviceBytes.get(service);
    if (!bytes) this.serviceBytes.set(service, (bytes = Buffer.from(service)));
    return bytes;
  }
}

/** The envelope as folds see it: what is a string is made only when a fold asks. */
class EnvelopeView implements ReadEntry {
  constructor(private readonly envelope: Envelope) {}
  get unit() {
    return this.envelope.unit;
  }
  get source() {
    return unitOfSource(this.envelope.source);
  }
  get seq() {
    return this.envelope.seq;
  }
  get recordedAt() {
    return this.envelope.recordedAt;
  }
  get bytes() {
    return this.envelope.bytes;
  }
  get dataStart() {
    return this.envelope.dataStart;
  }
  get dataEnd() {
    return this.envelope.dataEnd;
  }
}
