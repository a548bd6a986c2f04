import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { Decoder } from '../indicators/folds/fold.js';
import type { ReadEntry } from './entry-folder.js';
import { textOf } from './texts.js';

/** Decodes facts. The messages of a batch lie in one piece of memory, so that one reader serves them all. */
export class FactDecoder {
  private memory: ArrayBufferLike | undefined;
  private reader = new FactReader(Buffer.alloc(0));

  decode<Data>(message: Decoder<Data>, { bytes, dataStart, dataEnd }: ReadEntry): Data {
    if (bytes.buffer !== this.memory) {
      this.memory = bytes.buffer;
      this.reader = new FactReader(Buffer.from(bytes.buffer));
    }
    const { reader } = this;
    const end = bytes.byteOffset + dataEnd;
    reader.pos = bytes.byteOffset + dataStart;
    const data = message.decode(reader, dataEnd - dataStart);
    // The reader knows the end of the memory, not that of the fact.
    if (reader.pos !== end) throw new Error('the fact is cut off');
    return data;
  }
}

/** The library's reader makes a list and a string of every text. */
class FactReader extends BinaryReader {
  constructor(private readonly bytesRead: Buffer) {
    super(bytesRead);
  }

  override string(): string {
    const length = this.uint32();
    const start = this.pos;
    this.pos += length;
    if (this.pos > this.len) throw new RangeError('premature EOF');
    return textOf(this.bytesRead, start, this.pos);
  }
}
