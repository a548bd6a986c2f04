import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NdjsonLines, type Line } from './ndjson-lines.js';

function linesOf(chunks: (string | Buffer)[], most = 1000): Line[] {
  const lines = new NdjsonLines(most);
  return [...chunks.flatMap((chunk) => [...lines.push(Buffer.from(chunk as string))]), ...lines.end()];
}
const texts = (lines: Line[]) => lines.map((line) => ('text' in line ? line.text : line.wrong));

describe('lines of NDJSON', () => {
  it('are cut at newlines, the last with or without one', () => {
    expect(texts(linesOf(['{"a":1}\n{"a":2}\n']))).toEqual(['{"a":1}', '{"a":2}']);
    expect(texts(linesOf(['{"a":1}\n{"a":2}']))).toEqual(['{"a":1}', '{"a":2}']);
    expect(linesOf([])).toEqual([]);
  });

  it('may end in CR LF, also where a chunk ends between the two', () => {
    expect(texts(linesOf(['{"a":1}\r', '\n{"a":2}\r\n']))).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('are numbered as an editor does; blank ones count and are left out', () => {
    expect(linesOf(['\n  \r\n{"a":1}\n\n{"a":2}'])).toEqual([
      { number: 3, bytes: 7, text: '{"a":1}' },
      { number: 5, bytes: 7, text: '{"a":2}' },
    ]);
  });

  it('may be cut inside a character', () => {
    const bytes = Buffer.from('{"name":"Sơn La 🏫"}\n');
    for (let at = 1; at < bytes.length; at += 1) {
      expect(texts(linesOf([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(['{"name":"Sơn La 🏫"}']);
    }
  });

  it('may begin with a byte order mark, but only the first', () => {
    expect(texts(linesOf(['\ufeff{}\n{"a":"\ufeff"}\n']))).toEqual(['{}', '{"a":"\ufeff"}']);
  });

  it('are said not to be UTF-8 and not guessed at; the next ones are unharmed', () => {
    expect(texts(linesOf([Buffer.from([0x7b, 0xff, 0x0a]), '{}\n']))).toEqual(['not-utf8', '{}']);
    expect(texts(linesOf([Buffer.from('{"a":"ơ').subarray(0, -1)]))).toEqual(['not-utf8']);
  });

  it('that are too long are said once, and the next ones are unharmed', () => {
    const long = 'x'.repeat(11);
    expect(linesOf([`${long}\n{}\n`], 10)).toEqual([
      { number: 1, bytes: 0, wrong: 'too-long' },
      { number: 2, bytes: 2, text: '{}' },
    ]);
    expect(linesOf(['{}\nxxxxxx', 'xxxxxx', 'xxxxxx', 'x\n{}'], 10)).toEqual([
      { number: 1, bytes: 2, text: '{}' },
      { number: 2, bytes: 0, wrong: 'too-long' },
      { number: 3, bytes: 2, text: '{}' },
    ]);
    expect(texts(linesOf(['xxxxxx', 'xxxxxx'], 10))).toEqual(['too-long']);
    expect(texts(linesOf(['xxxxxx', 'xxxxxx\n'], 10))).toEqual(['too-long']);
    expect(texts(linesOf(['xxxxx', 'xxxxx\n'], 10))).toEqual(['xxxxxxxxxx']);
  });

  it('are the same however the bytes are cut into chunks', () => {
    const body = fc.array(fc.constantFrom('{}', 'ơ', '🏫', '\n', '\r\n', ' ', 'x'.repeat(9)), { maxLength: 60 });
    fc.assert(
      fc.property(body, fc.array(fc.nat(20), { maxLength: 80 }), (parts, sizes) => {
        const bytes = Buffer.from(parts.join(''));
        const chunks: Buffer[] = [];
        let from = 0;
        for (const size of sizes) chunks.push(bytes.subarray(from, (from += size)));
        chunks.push(bytes.subarray(from));
        expect(linesOf(chunks, 12)).toEqual(linesOf([bytes], 12));
      }),
    );
  });
});
