import { describe, expect, test } from '@jest/globals';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { parseFact } from '@gdtx/ledger/parse-fact';
import { rules } from './rules.js';

const SERVICE = 'community-learning';
const byType = new Map(rules.map((rule) => [typeOf(SERVICE, rule.name), rule]));
const every = (rules as unknown as FactRule[]).map((rule) => [rule.name, rule] as const);

function parse(rule: FactRule, data: unknown) {
  const source = `urn:gdtx:unit:${rule.example.source}`;
  const bytes = Buffer.from(JSON.stringify(data));
  return parseFact({ id: 'test', source, type: typeOf(SERVICE, rule.name), time: '', data: bytes }, byType);
}

function refusal(rule: FactRule, data: unknown) {
  const parsed = parse(rule, data);
  return parsed.ok ? undefined : parsed.refusal;
}

test('every fact of the contract has its rule, once', () => {
  expect(every.map(([name]) => name).sort()).toEqual([
    'BudgetReceived',
    'CommuneRated',
    'CommunityCentreDissolved',
    'CommunityCentreEstablished',
    'CommunityCentreMoved',
    'CommunityCentreRated',
    'CommunityCentreRenamed',
    'CommunityCentreResumed',
    'CommunityCentreSuspended',
    'CommunityCentresReorganised',
    'ContributionReceived',
    'FacilitiesReported',
    'LearningModelsCounted',
    'LiteracyCounted',
    'ManagementReported',
    'ManagerChanged',
    'NeedsSurveyed',
    'PlanAdopted',
    'TopicHeld',
  ]);
});

describe.each(every)('%s', (_name, rule) => {
  const example = rule.example.data as Record<string, unknown>;

  test('has an example of the right form that protobuf carries unchanged', () => {
    const parsed = parse(rule, example);
    if (!parsed.ok) throw new Error(parsed.refusal.message);
    const { data } = parsed.parsed.fact;
    expect(rule.message.decode(rule.message.encode(data).finish())).toEqual(data);
  });

  test('has titles in both languages and says what it is', () => {
    expect(rule.title.vi).not.toBe('');
    expect(rule.title.en).not.toBe('');
    expect(rule.description).toMatch(/\.$/);
  });

  test('refuses a field that it doesn’t know', () => {
    expect(refusal(rule, { ...example, unheardOf: 1 })).toMatchObject({ slug: 'malformed', path: 'data.unheardOf' });
  });

  test.each(Object.keys(example))('refuses another type of `%s`', (field) => {
    expect(refusal(rule, { ...example, [field]: { unheardOf: [] } })).toMatchObject({ slug: 'malformed' });
    expect(refusal(rule, { ...example, [field]: null })).toMatchObject({ slug: 'malformed', path: `data.${field}` });
  });

  test('takes a note and the document that says so', () => {
    const source = { title: 'Báo cáo', publishedOn: { notAfter: '2024-12-31' } };
    expect(refusal(rule, { ...example, note: 'Ghi chú', source })).toBeUndefined();
  });

  test('refuses what is no object', () => {
    for (const data of [null, [], 'text', 1]) expect(refusal(rule, data)).toMatchObject({ slug: 'malformed' });
  });
});
