import type { DescribeResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { z } from 'zod';
import { typeOf, type FactRule } from './fact.js';

/** What a service says of its fact types: forms as JSON Schema, examples as CloudEvents, ledgers and roles. */
export function describe(service: string, rules: readonly FactRule<never>[]): DescribeResponse {
  return {
    service,
    factTypes: rules.map((rule) => ({
      type: typeOf(service, rule.name),
      titleVi: rule.title.vi,
      titleEn: rule.title.en,
      description: rule.description,
      jsonSchema: JSON.stringify(jsonSchemaOf(rule)),
      example: JSON.stringify(exampleOf(service, rule)),
      ledger: rule.ledger,
      roles: [...rule.roles],
    })),
  };
}

/** The JSON Schema of a fact's data as publishers send it. */
export function jsonSchemaOf(rule: FactRule<never>): unknown {
  return z.toJSONSchema(rule.schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });
}

function exampleOf(service: string, rule: FactRule<never>): unknown {
  return {
    specversion: '1.0',
    id: `example-${rule.name.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase()}`,
    source: `urn:gdtx:unit:${rule.example.source}`,
    type: typeOf(service, rule.name),
    data: rule.example.data,
  };
}
