import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe as describeFacts } from '@gdtx/ledger/describe';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { parseFact } from '@gdtx/ledger/parse-fact';
import { given } from '@gdtx/testing/given';
import { country, established, world } from '../test/facts.js';
import { provincesRules } from './rules.js';

/** What holds of every fact of this service. */

const described = describeFacts('provinces', provincesRules);
const rules = new Map(provincesRules.map((rule) => [typeOf('provinces', rule.name), rule]));
const parse = ({ name, example }: FactRule<never>, data: unknown) =>
  parseFact(
    {
      id: 'x',
      source: `urn:gdtx:unit:${example.source}`,
      type: typeOf('provinces', name),
      time: '',
      data: Buffer.from(JSON.stringify(data)),
    },
    rules,
  );
const refused = (rule: FactRule<never>, data: unknown) => {
  const parsed = parse(rule, data);
  return parsed.ok ? undefined : parsed.refusal;
};

describe.each(provincesRules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
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
    const { jsonSchema } = described.factTypes.find(({ type }) => type === typeOf('provinces', rule.name))!;
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

describe('the form of territory', () => {
  const form = (data: object) => given(world, [country]).when({ name: 'UnitEstablished', data }).refused();
  const valid = established('province-14', 'province', 'vn').data as object;

  test.each([
    ['an id with capitals', { unit: 'Province-14' }, 'data.unit'],
    ['another kind', { kind: 'ward' }, 'data.kind'],
    ['no name', { name: {} }, 'data.name.vi'],
    ['a code as a number', { officialCode: 14 }, 'data.officialCode'],
    ['a code with letters', { officialCode: 'SL' }, 'data.officialCode'],
    ['no parent', { parent: undefined }, 'data.parent'],
    ['a country with a parent', { unit: 'vn', kind: 'country' }, 'data.parent'],
    ['another country', { unit: 'la', kind: 'country', parent: undefined }, 'data.unit'],
    ['latitude and longitude swapped', { location: { lat: 103.9, lon: 21.3 } }, 'data.location.lat'],
    ['a day that isn’t', { effectiveOn: '2023-02-29' }, 'data.effectiveOn'],
    ['no date', { effectiveOn: undefined }, 'data.effectiveOn'],
    [
      'bounds that end before they begin',
      { effectiveOn: { notBefore: '2020-01-01', notAfter: '2019-01-01' } },
      'data.effectiveOn',
    ],
    ['a legal basis with another field', { legalBasis: [{ no: '1' }] }, 'data.legalBasis.0.no'],
  ])('refuses %s', (_what, change, path) => {
    expect(form({ ...valid, ...change })).toMatchObject({ slug: 'malformed', path });
  });

  test('refuses a target below zero and one of no indicator', () => {
    const target = (change: object) =>
      given(world, [country]).when({
        name: 'TargetSet',
        data: { unit: 'vn', indicator: 'staff', year: 2025, value: 1, ...change },
      });
    expect(target({ value: -1 }).refused()).toMatchObject({ slug: 'malformed', path: 'data.value' });
    expect(target({ indicator: 'Staff!' }).refused()).toMatchObject({ slug: 'malformed', path: 'data.indicator' });
    expect(target({ year: 25 }).refused()).toMatchObject({ slug: 'malformed', path: 'data.year' });
  });
});
