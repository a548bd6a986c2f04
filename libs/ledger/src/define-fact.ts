import type { z } from 'zod';
import type { FactRule, MessageCodec } from './fact.js';

/** Every field of a protobuf message may be left out of the form, at any depth; none may be of another type. */
export type Fields<Message> = Message extends (infer Item)[]
  ? Fields<Item>[]
  : Message extends object
    ? { [Key in keyof Message]?: Fields<Message[Key]> }
    : Message;

/** The keys of the form and those of the message, if they aren't the same ones. */
type Drift<Form, Message> = Exclude<keyof Form, keyof Message> | Exclude<keyof Message, keyof Form>;

/**
 * A fact type with its decision. The compiler holds form and contract together: the zod schema's output must fit the
 * protobuf message, field by field, and neither may have a field that the other lacks.
 */
export function defineFact<Data extends object, Schema extends z.ZodType<Fields<Data>>>(
  rule: Omit<FactRule<Data>, 'schema' | 'message'> & {
    message: MessageCodec<Data>;
    schema: Schema &
      ([Drift<z.output<Schema>, Data>] extends [never] ? unknown : { drift: Drift<z.output<Schema>, Data> });
  },
): FactRule<never> {
  return rule as unknown as FactRule<never>;
}
