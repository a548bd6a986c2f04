/** BSON's type bytes; those of the driver for what is plain JSON or bytes. */
const DOUBLE = 0x01;
const STRING = 0x02;
const DOCUMENT = 0x03;
const ARRAY = 0x04;
const BINARY = 0x05;
const BOOLEAN = 0x08;
const NULL = 0x0a;
const INT32 = 0x10;

/** Up to this length, letter by letter is faster than a call of Buffer's. */
const SHORT = 64;
const LETTER_BYTES = 3;
/** Of an element, besides its name and a string or bytes in it. */
const ELEMENT_BYTES = 32;
const KEPT_BYTES = 4_000_000;

let scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Plain JSON and bytes as BSON documents, one after the other, byte for byte as MongoDB's driver writes them with `ignoreUndefined`. The
 * driver takes an object, a list of names and an entry in a set for each object in a document, which for an update are fifteen.
 * Behind so many bytes that are left free. What is given is lent until the next call: a commit's documents may be megabytes.
 * @throws TypeError for what is neither, e.g. a date.
 */
export function bsonOf(documents: readonly object[], behind = 0): Buffer {
  const to = new Writer(scratch, behind);
  for (const document of documents) to.document(document);
  if (to.bytes.length <= KEPT_BYTES) scratch = to.bytes;
  return to.bytes.subarray(0, to.at);
}

class Writer {
  constructor(
    public bytes: Buffer,
    public at: number,
  ) {}

  document(document: object): void {
    const begin = this.begun();
    for (const name in document) {
      const value = (document as Record<string, unknown>)[name];
      if (value !== undefined) this.element(name, value);
    }
    this.end(begin);
  }

  private array(values: readonly unknown[]): void {
    const begin = this.begun();
    for (let i = 0; i < values.length; i++) this.element(String(i), values[i] ?? null);
    this.end(begin);
  }

  private begun(): number {
    this.makeRoom(ELEMENT_BYTES);
    this.at += 4;
    return this.at - 4;
  }

  private end(begin: number): void {
    this.makeRoom(1);
    this.bytes[this.at++] = 0;
    this.int32(begin, this.at - begin);
  }

  private element(name: string, value: unknown): void {
    this.makeRoom(LETTER_BYTES * name.length + ELEMENT_BYTES);
    switch (typeof value) {
      case 'string':
        this.begin(STRING, name);
        return this.text(value);
      case 'number':
        return this.number(name, value);
      case 'boolean':
        this.begin(BOOLEAN, name);
        this.bytes[this.at++] = value ? 1 : 0;
        return;
      case 'object':
        if (value === null) return this.begin(NULL, name);
        if (Array.isArray(value)) {
          this.begin(ARRAY, name);
          return this.array(value);
        }
        if (value instanceof Uint8Array) return this.binary(name, value);
        if ('toBSON' in value || '_bsontype' in value || value instanceof Date) break;
        this.begin(DOCUMENT, name);
        return this.document(value);
    }
    throw new TypeError(`${name} is neither plain JSON nor bytes`);
  }

  private begin(type: number, name: string): void {
    if (name.includes('\0')) throw new TypeError('a name in a document holds a zero byte');
    this.bytes[this.at++] = type;
    this.at += this.write(name, this.at);
    this.bytes[this.at++] = 0;
  }

  private text(value: string): void {
    this.makeRoom(LETTER_BYTES * value.length + ELEMENT_BYTES);
    const length = this.write(value, this.at + 4);
    this.int32(this.at, length + 1);
    this.at += 4 + length;
    this.bytes[this.at++] = 0;
  }

  private number(name: string, value: number): void {
    const isInt32 = (value | 0) === value && !Object.is(value, -0);
    this.begin(isInt32 ? INT32 : DOUBLE, name);
    if (isInt32) {
      this.int32(this.at, value);
      this.at += 4;
    } else this.at = this.bytes.writeDoubleLE(value, this.at);
  }

  private binary(name: string, value: Uint8Array): void {
    this.begin(BINARY, name);
    this.makeRoom(value.length + ELEMENT_BYTES);
    this.int32(this.at, value.length);
    this.bytes[this.at + 4] = 0;
    this.bytes.set(value, this.at + 5);
    this.at += 5 + value.length;
  }

  /** As UTF-8; says how many bytes these are. */
  private write(text: string, at: number): number {
    const { length } = text;
    if (length > SHORT) return this.bytes.write(text, at);
    for (let i = 0; i < length; i++) {
      const letter = text.charCodeAt(i);
      if (letter > 0x7f) return this.bytes.write(text, at);
      this.bytes[at + i] = letter;
    }
    return length;
  }

  private int32(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = value;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value >> 16;
    bytes[at + 3] = value >> 24;
  }

  private makeRoom(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.at + more));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
