import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FactDecoder } from './fact-decoder.js';
import { textOf } from './texts.js';

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
  fc.constantFrom('', '\uFEFFa', 'Hạ Long', '2024-09-05').map((text) => new TextEncoder().encode(text)),
);

test('is what the decoder of texts says, whatever stands before and behind and was read before', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  fc.assert(
    fc.property(fc.array(anyBytes), fc.uint8Array({ maxLength: 5 }), (texts, around) => {
      const read = texts.map((text) => {
        const bytes = Buffer.concat([around, text, around]);
        return textOf(bytes, around.length, around.length + text.length);
      });
      expect(read).toEqual(texts.map((text) => decoder.decode(text)));
    }),
  );
});

test('more different texts than are kept, twice: each is what it is', () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `class-${i}`);
  const again = texts.concat(texts).map((text) => textOf(Buffer.from(text), 0, text.length));
  expect(again).toEqual(texts.concat(texts));
});

test('a text that goes beyond the memory is refused', () => {
  const bytes = Buffer.from(new Uint8Array([10, 5, 97, 98]).buffer);
  const entry = { bytes, dataStart: 0, dataEnd: 4, unit: '79', source: '79', seq: 1, recordedAt: 0 };
  const message = {
    decode(input: unknown) {
      const reader = input as { uint32(): number; string(): string };
      reader.uint32();
      return reader.string();
    },
  };
  expect(() => new FactDecoder().decode(message, entry)).toThrow('premature EOF');
});
