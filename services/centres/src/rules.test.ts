import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe as describeFacts } from '@gdtx/ledger/describe';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { parseFact } from '@gdtx/ledger/parse-fact';
import { centresRules } from './rules.js';

/** What holds of every fact of this service. */

const described = describeFacts('centres', centresRules);
const rules = new Map(centresRules.map((rule) => [typeOf('centres', rule.name), rule]));
const parse = ({ name, example }: FactRule<never>, data: unknown) =>
  parseFact(
    {
      id: 'x',
      source: `urn:gdtx:unit:${example.source}`,
      type: typeOf('centres', name),
      time: '',
      data: Buffer.from(JSON.stringify(data)),
    },
    rules,
  );
const refused = (rule: FactRule<never>, data: unknown) => {
  const parsed = parse(rule, data);
  return parsed.ok ? undefined : parsed.refusal;
};

describe.each(centresRules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  const example = rule.example.data as Record<string, unknown>;

  test('has an example of the right form that survives its protobuf message', () => {
    const parsed = parse(rule, example);
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    const message = rule.message as unknown as {
      encode(m: unknown): { finish(): Uint8Array };
      decode(b: Uint8Array): unknown;
    };
    expect(message.decode(message.encode(parsed.parsed.fact.data).finish())).toEqual(parsed.parsed.fact.data);
  });

  test('has a JSON Schema that takes the example and no other field', () => {
    const { jsonSchema } = described.factTypes.find(({ type }) => type === typeOf('centres', rule.name))!;
    const takes = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(jsonSchema) as object);
    expect([takes(example), takes.errors]).toEqual([true, null]);
    expect(takes({ ...example, surprise: 1 })).toBe(false);
  });

  test('says its titles and what it is', () => {
    expect(rule.title.vi).toMatch(/\S/);
    expect(rule.title.en).toMatch(/\S/);
    expect(rule.description).toMatch(/^[A-Z].*\.$/);
  });

  test('takes a note and a source', () => {
    const source = { title: 'Nghị quyết', publishedOn: '2025-06', url: 'https://example.vn/x' };
    expect(parse(rule, { ...example, note: 'Ghi chú', source })).toMatchObject({ ok: true });
  });

  test('refuses a field that isn’t there', () => {
    expect(refused(rule, { ...example, surprise: 1 })).toMatchObject({ slug: 'malformed', path: 'data.surprise' });
  });

  test.each(Object.keys(example))('refuses another type in %s', (field) => {
    for (const wrong of [null, true, { $gt: '' }, [[]]]) {
      expect(refused(rule, { ...example, [field]: wrong })?.slug).toBe('malformed');
    }
  });

  test.each([null, [], 'text', 7])('refuses %p instead of an object', (data) => {
    expect(refused(rule, data)?.slug).toBe('malformed');
  });
});
