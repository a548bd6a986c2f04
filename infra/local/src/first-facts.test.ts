import { expect, test } from '@jest/globals';
import { notYetPublished } from './first-facts.js';

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
