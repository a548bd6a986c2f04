// @ts-expect-error the driver has types for its front door only
import commands from 'mongodb/lib/cmap/commands.js';
import { bsonOf } from './bson.js';

/**
 * What a command of the driver may have in place of a list of documents: it asks for its bytes when it sends the command, copies them at
 * once, and sends them in a section of their own.
 */
interface Sequence {
  toBin(): Uint8Array;
}
const { DocumentSequence } = commands as { DocumentSequence: new (field: string) => Sequence };

/** Of a section: what kind it is, and behind that its length. */
const KIND = 1;
const LENGTH_AT = 1;
const FIELD_AT = 5;

class EncodedTogether extends DocumentSequence {
  constructor(
    private readonly name: string,
    private readonly all: readonly object[],
  ) {
    super(name);
  }

  override toBin(): Uint8Array {
    const section = bsonOf(this.all, FIELD_AT + this.name.length + 1);
    section[0] = KIND;
    section.writeInt32LE(section.length - LENGTH_AT, LENGTH_AT);
    section.write(`${this.name}\0`, FIELD_AT, 'latin1');
    return section;
  }
}

/** Documents of plain JSON and bytes for a field of a command, e.g. `documents` of an insert. One to a command. */
export function documentSequence(field: string, documents: readonly object[]): object {
  return new EncodedTogether(field, documents);
}
