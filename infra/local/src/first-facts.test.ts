import { describe, expect, test } from '@jest/globals';
import { Fates, isWorthAnotherTry, notYetPublished } from './first-facts.js';

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

describe('a file that is sent again from its first refused fact on', () => {
  const said = (status: 'accepted' | 'duplicate' | 'refused') => ({ id: 'x', status });
  const tell = (fates: Fates, from: number, ...all: ('accepted' | 'duplicate' | 'refused')[]) =>
    all.forEach((status, i) => fates.take(from + i, said(status)));

  test('begins at the beginning, and then there', () => {
    const fates = new Fates();
    expect(fates.firstRefused()).toBe(0);
    tell(fates, 0, 'accepted', 'duplicate', 'refused', 'accepted', 'refused');
    expect(fates.firstRefused()).toBe(2);
    expect(fates.sums()).toEqual({ accepted: 2, duplicate: 1, refused: 2 });
  });

  test('counts each fact once: one that was taken, and whose answer got lost, as accepted', () => {
    const fates = new Fates();
    tell(fates, 0, 'duplicate', 'refused', 'accepted', 'refused');
    tell(fates, 1, 'duplicate', 'duplicate', 'accepted');
    expect(fates.sums()).toEqual({ accepted: 3, duplicate: 1, refused: 0 });
    expect(fates.refused()).toEqual([]);
  });
});
