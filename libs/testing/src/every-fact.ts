import { describe, expect, test } from '@jest/globals';
import { describe as describeFacts } from '@gdtx/ledger/describe';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { parseFact, type Parsed } from '@gdtx/ledger/parse-fact';
import { Ajv2020 } from 'ajv/dist/2020.js';

type Example = Record<string, unknown>;

/** What no field of any fact takes; `true` only one that says yes or no. */
const WRONG: readonly unknown[] = [true, { $gt: '' }, { unheardOf: [] }, [[]]];
/** A document is dated as well as is known. */
const PUBLISHED: readonly unknown[] = ['2025-06', { notAfter: '2024-12-31' }, { notBefore: '2022-04-02' }];

/** The tests of what holds of every fact of a service: its example, its schema, its words, and what it refuses. */
export function testEveryFact(service: string, rules: readonly FactRule<never>[]): void {
  const byType = new Map(rules.map((rule) => [typeOf(service, rule.name), rule]));
  const { factTypes } = describeFacts(service, [...rules]);
  const said = ({ name, example }: FactRule, data: unknown): Parsed => {
    const envelope = { id: 'x', source: `urn:gdtx:unit:${example.source}`, type: typeOf(service, name), time: '' };
    return parseFact({ ...envelope, data: Buffer.from(JSON.stringify(data)) }, byType);
  };
  const refusal = (rule: FactRule, data: unknown) => {
    const parsed = said(rule, data);
    return parsed.ok ? undefined : parsed.refusal;
  };

  describe.each((rules as unknown as FactRule[]).map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
    const example = rule.example.data as Example;

    test('has an example of the right form that protobuf carries unchanged', () => {
      const parsed = said(rule, example);
      if (!parsed.ok) throw new Error(parsed.refusal.message);
      const { data } = parsed.parsed.fact;
      expect(rule.message.decode(rule.message.encode(data).finish())).toEqual(data);
    });

    test('has a JSON Schema that takes the example, and no other field', () => {
      const { jsonSchema } = factTypes.find(({ type }) => type === typeOf(service, rule.name))!;
      const takes = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(jsonSchema) as object);
      expect([takes(example), takes.errors]).toEqual([true, null]);
      expect(takes({ ...example, unheardOf: 1 })).toBe(false);
    });

    test('has titles in both languages, and says what it is', () => {
      expect(rule.title.vi).toMatch(/\S/);
      expect(rule.title.en).toMatch(/\S/);
      expect(rule.description).toMatch(/^[A-Z].*\.$/);
    });

    test.each(PUBLISHED)('takes a note and the document that says so, of %j', (publishedOn) => {
      const source = { title: 'Báo cáo', publishedOn, url: 'https://example.vn/x' };
      expect(refusal(rule, { ...example, note: 'Ghi chú', source })).toBeUndefined();
    });

    test('refuses a field that it doesn’t know', () => {
      expect(refusal(rule, { ...example, unheardOf: 1 })).toMatchObject({ slug: 'malformed', path: 'data.unheardOf' });
    });

    test.each(Object.keys(example))('refuses another type of `%s`', (field) => {
      expect(refusal(rule, { ...example, [field]: null })).toMatchObject({ slug: 'malformed', path: `data.${field}` });
      const path = expect.stringMatching(`^data\\.${field}\\b`) as unknown;
      for (const wrong of WRONG.filter((each) => typeof each !== typeof example[field] || typeof each === 'object')) {
        expect(refusal(rule, { ...example, [field]: wrong })).toMatchObject({ slug: 'malformed', path });
      }
    });

    test.each([null, [], 'text', 7])('refuses %p instead of an object', (data) => {
      expect(refusal(rule, data)).toMatchObject({ slug: 'malformed' });
    });
  });
}
