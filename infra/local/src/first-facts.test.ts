import { expect, test } from '@jest/globals';
import { isWorthAnotherTry, notYetPublished } from './first-facts.js';

const file = (name: string, sha256: string) => ({ name, path: `/clone/${name}`, sha256 });
const files = [file('infra/reference/a.ndjson', '1'), file('infra/examples/seeds/b.ndjson', '2')];
const names = (stamp?: Parameters<typeof notYetPublished>[1], ledgers = 'here') =>
  notYetPublished(files, stamp, ledgers).map(({ name }) => name);
const published = { ledgers: 'here', files: { 'infra/reference/a.ndjson': '1', 'infra/examples/seeds/b.ndjson': '2' } };

test('the first start publishes all, a later one nothing', () => {
  expect(names()).toEqual(['infra/reference/a.ndjson', 'infra/examples/seeds/b.ndjson']);
  expect(names(published)).toEqual([]);
});

test('a file that has changed or is new is published', () => {
  expect(names({ ledgers: 'here', files: { 'infra/reference/a.ndjson': 'other' } })).toHaveLength(2);
  expect(names({ ledgers: 'here', files: { 'infra/reference/a.ndjson': '1' } })).toEqual([
    'infra/examples/seeds/b.ndjson',
  ]);
});

test('other ledgers know nothing of it', () => expect(names(published, 'elsewhere')).toHaveLength(2));

test('a file is sent again while another service’s news may be on its way', () => {
  const refused = (slug: string, retryable = false) => [
    { id: 'x', status: 'refused' as const, refusal: { slug, message: '', path: '', retryable } },
  ];
  expect(isWorthAnotherTry(refused('try-again', true), 9)).toBe(true);
  expect(isWorthAnotherTry(refused('try-again', true), 10)).toBe(false);
  expect(isWorthAnotherTry(refused('unit-unknown'), 4)).toBe(true);
  expect(isWorthAnotherTry(refused('unit-unknown'), 5)).toBe(false);
  expect(isWorthAnotherTry(refused('more-than-present'), 1)).toBe(false);
  expect(isWorthAnotherTry([], 1)).toBe(false);
});
