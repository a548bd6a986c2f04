import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { canonicalEntry } from './entry.js';

test('the canonical bytes of any entry are RFC 8785 JSON', () => {
  const text = fc.string({ unit: 'grapheme' });
  const entry = fc.record({
    ...{ service: text, unit: text, seq: fc.nat(), id: text, source: text, type: text, time: text, recordedBy: text },
    recordedAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
    data: fc.dictionary(text, text),
  });
  fc.assert(
    fc.property(entry, ({ data, recordedAt, time, ...rest }) => {
      const shown = { ...rest, ...(time ? { time } : {}), data, recordedAt: recordedAt.toISOString() };
      const content = { ...rest, time, recordedAt: recordedAt.getTime(), canonicalData: canonicalJson(data) };
      expect(canonicalEntry(content).toString('utf8')).toBe(canonicalJson(shown));
    }),
  );
});
