import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { centreRules, classRules } from '../test/rules.js';
import { commonRules } from './common-rules.js';
import { describe } from './describe.js';
import { typeOf } from './fact.js';
import { parseFact } from './parse-fact.js';

const rules = [...commonRules, ...classRules, ...centreRules];
const said = describe('programmes', rules);

test.each(said.factTypes.map((type) => [type.type, type] as const))('%s is described', (_, type) => {
  const takes = new Ajv2020({ strict: true, formats: { uri: true } }).compile(JSON.parse(type.jsonSchema) as object);
  const example = JSON.parse(type.example) as { id: string; source: string; type: string; data: object };
  expect(takes(example.data)).toBe(true);
  expect(takes({ ...example.data, surprise: 1 })).toBe(false);
  expect(type.roles.length).toBeGreaterThan(0);
  const byType = new Map(rules.map((rule) => [typeOf('programmes', rule.name), rule]));
  const sent = { ...example, time: '', data: Buffer.from(JSON.stringify(example.data)) };
  expect(parseFact(sent, byType)).toMatchObject({ ok: true });
});

test('says which ledger a fact goes into, and by what id an example goes', () => {
  const approved = said.factTypes.find((type) => type.type.endsWith('PeriodApproved.v1'))!;
  expect(approved).toMatchObject({ ledger: 'data.unit', roles: ['province-officer'] });
  expect(JSON.parse(approved.example)).toMatchObject({ specversion: '1.0', id: 'example-period-approved' });
});
