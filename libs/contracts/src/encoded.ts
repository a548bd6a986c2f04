import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** The codec that ts-proto generates for a message, as far as it writes. */
export interface Encoder<Message> {
  encode(message: Message, writer?: BinaryWriter): BinaryWriter;
}

/** Its buffer stays, so that it needn't grow anew for each message: growing costs several times what is written. */
let writer = new BinaryWriter();

/** A message as bytes: for those that are made by thousands. */
export function encoded<Message>(codec: Encoder<Message>, message: Message): Buffer {
  try {
    return Buffer.from(codec.encode(message, writer).finish());
  } catch (error) {
    // It holds a part of this one.
    writer = new BinaryWriter();
    throw error;
  }
}
