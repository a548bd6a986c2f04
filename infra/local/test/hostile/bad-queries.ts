/** Parameters of a read as OpenAPI describes them, and what must not be put into them. */

interface Schema {
  type?: string;
  pattern?: string;
  format?: string;
  enum?: unknown[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path';
  required?: boolean;
  schema: Schema;
}

/** As it stands in an address, percent-encoded where need be. */
const ANYWHERE = [
  '',
  '%00',
  'a%00b',
  '%0D%0Aset-cookie:%20a=b',
  '%ED%A0%80',
  '%FF',
  '%',
  '__proto__',
  'constructor',
  '%7B%22%24gt%22%3A%22%22%7D',
  '%24where',
  '..%2F..%2Fetc%2Fpasswd',
  '%27%20OR%201%3D1',
  '.*',
  '(((((((((',
  'x'.repeat(10_000),
];
const NUMBERS = ['-1', '0', '1.5', '1e2', '1e999', '0x10', '%201', '+1', 'NaN', 'Infinity', '%D9%A1', '9'.repeat(30)];
const DATES = [
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '24-1-1',
  '20240101',
  'yesterday',
  '2024-01-01T00:00:00Z',
  '2024-01-01%00',
];
const MONTHS = ['2024-13', '2024-00', '24-01', '2024-1', '2024-01-01', '202401', '-2024-01', '2024-01%0A'];

/** Texts of any form: a search finds nothing, a page after it is the first or an empty one. */
const FREE = ['q', 'after'];

/** What a parameter must be refused for; empty where it takes any text. */
export function badValues({ name, schema }: Parameter, path: string): string[] {
  // Several of one kind: each is answered or left out by itself.
  if (schema.type === 'array') return [];
  if (FREE.includes(name) && !path.startsWith('/v1/figures')) return [];
  if (schema.type === 'integer') return [...ANYWHERE, ...NUMBERS.filter((n) => n !== '0' || schema.type !== 'integer')];
  if (schema.format === 'date') return [...ANYWHERE, ...DATES];
  if (schema.pattern?.includes('0[1-9]')) return [...ANYWHERE, ...MONTHS];
  // A slug may be any word: one that names nothing is a 404 or 403.
  if (schema.pattern) return ANYWHERE.filter((value) => value !== 'constructor');
  return ANYWHERE;
}

/** Whatever is put into it, it is answered without a failure. */
export const ANY_VALUES: readonly string[] = [...ANYWHERE, ...NUMBERS, ...DATES, ...MONTHS];

/** An address with a parameter set to a value that stands for itself. */
export function withValue(address: string, name: string, value: string): string {
  const [path = '', query = ''] = address.split('?');
  const others = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${name}=`));
  return `${path}?${[...others, `${name}=${value}`].join('&')}`;
}

/** Parameters that no route has. */
export const UNKNOWN = [
  'nothing=1',
  '__proto__=1',
  'constructor=1',
  '__proto__[x]=1',
  '%24where=1',
  'unit[$gt]=',
  'toString=1',
];
