/**
 * Reads the attributes of a protobuf `gdtx.ledger.v1.Entry` that the projector needs, without making an object or decoding
 * what it doesn't: a whole decode costs more than everything else that happens to an entry. One envelope is used again and
 * again; what it says holds until the next `read`.
 */

import { textOf } from './texts.js';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const FIELD = { service: 1, unit: 2, seq: 3, source: 5, type: 6, recordedAt: 8, data: 9, hash: 10 } as const;

export class Envelope {
  bytes: Buffer = Buffer.alloc(0);
  seq = 0;
  recordedAt = 0;
  typeStart = 0;
  typeEnd = 0;
  dataStart = 0;
  dataEnd = 0;
  hashStart = 0;
  hashEnd = 0;
  private serviceStart = 0;
  private serviceEnd = 0;
  private unitStart = 0;
  private unitEnd = 0;
  private sourceStart = 0;
  private sourceEnd = 0;
  private position = 0;
  private end = 0;

  get unit(): string {
    return this.text(this.unitStart, this.unitEnd);
  }

  get type(): string {
    return this.text(this.typeStart, this.typeEnd);
  }

  get service(): string {
    return this.text(this.serviceStart, this.serviceEnd);
  }

  get source(): string {
    return this.text(this.sourceStart, this.sourceEnd);
  }

  /** Reads the bytes from `start` up to `end`. Says what is wrong, if these are no entry of the service. */
  read(bytes: Buffer, service: Uint8Array, start = 0, end = bytes.length): string | undefined {
    this.bytes = bytes;
    this.end = end;
    this.seq = this.recordedAt = 0;
    this.typeStart = this.typeEnd = this.dataStart = this.dataEnd = this.hashStart = this.hashEnd = 0;
    this.serviceStart = this.serviceEnd = this.unitStart = this.unitEnd = this.sourceStart = this.sourceEnd = 0;
    this.position = start;
    while (this.position < end) {
      const problem = this.readField(bytes);
      if (problem) return problem;
    }
    if (this.position > end) return 'it is cut off';
    if (this.unitEnd === this.unitStart) return 'it names no unit';
    if (this.typeEnd === this.typeStart) return 'it has no type';
    if (!(this.seq >= 1 && Number.isSafeInteger(this.seq))) return 'it has no number';
    if (!same(bytes, this.serviceStart, this.serviceEnd, service)) return `it is an entry of \`${this.service}\``;
    return undefined;
  }

  private readField(bytes: Buffer): string | undefined {
    const tag = this.varint(bytes);
    const wire = tag % 8;
    if (wire === BYTES) return this.readBytes(bytes, (tag - wire) / 8);
    if (wire === VARINT) {
      const value = this.varint(bytes);
      const field = (tag - wire) / 8;
      if (field === FIELD.seq) this.seq = value;
      else if (field === FIELD.recordedAt) this.recordedAt = value;
    } else if (wire === FIXED64) this.position += 8;
    else if (wire === FIXED32) this.position += 4;
    else return 'it is no protobuf message';
    return undefined;
  }

  private readBytes(bytes: Buffer, field: number): string | undefined {
    const length = this.varint(bytes);
    const start = this.position;
    const end = start + length;
    if (end > this.end) return 'it is cut off';
    this.position = end;
    switch (field) {
      case FIELD.service:
        this.serviceStart = start;
        this.serviceEnd = end;
        break;
      case FIELD.unit:
        this.unitStart = start;
        this.unitEnd = end;
        break;
      case FIELD.source:
        this.sourceStart = start;
        this.sourceEnd = end;
        break;
      case FIELD.type:
        this.typeStart = start;
        this.typeEnd = end;
        break;
      case FIELD.data:
        this.dataStart = start;
        this.dataEnd = end;
        break;
      case FIELD.hash:
        this.hashStart = start;
        this.hashEnd = end;
    }
    return undefined;
  }

  /** Numbers above 2^53 come out wrong, and none that is right is so large. */
  private varint(bytes: Buffer): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      if (this.position >= this.end) {
        this.position = this.end + 1;
        return 0;
      }
      const byte = bytes[this.position++]!;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 128;
      if (weight > 2 ** 63) {
        this.position = this.end + 1;
        return 0;
      }
    }
  }

  private text(start: number, end: number): string {
    return textOf(this.bytes, start, end);
  }
}

export function same(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  // From the end: types of one service differ there.
  for (let i = other.length - 1, at = end - 1; i >= 0; i--, at--) if (bytes[at] !== other[i]) return false;
  return true;
}
