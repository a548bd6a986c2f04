import { describe, expect, test } from '@jest/globals';
import type { Memory } from '../indicators/folds/fold.js';
import { Context } from './context.js';

const said = (id: string, value: string): Memory => ({ of: 'class', id, value, kind: 'said' });

describe('the context of a ledger', () => {
  test('is asked as of an entry', () => {
    const context = new Context();
    context.remember([said('a', 'literacy')], 3);
    context.remember([said('a', 'refresher'), said('b', 'x')], 8);
    expect([2, 3, 7, 8, 99].map((seq) => context.at('class', 'a', seq))).toEqual([
      undefined,
      'literacy',
      'literacy',
      'refresher',
      'refresher',
    ]);
    expect(context.at('class', 'c', 99)).toBeUndefined();
  });

  test('is the same after it was stored', () => {
    const context = new Context();
    context.remember([{ of: 'visit', id: 'v', value: { day: '2024-01-01', units: ['a'] }, kind: 'said' }], 1);
    context.remember([said('a', 'literacy')], 3);
    context.remember([said('a', 'refresher')], 8);
    const stored = context.toStored('programmes', 'gdtx-son-la', 1);
    expect(stored).toMatchObject({ _id: 'programmes/gdtx-son-la', epoch: 1, seq: 8 });
    const loaded = new Context(stored);
    expect(loaded.toStored('programmes', 'gdtx-son-la', 1)).toEqual(stored);
    expect(loaded.at('class', 'a', 7)).toBe('literacy');
    expect(loaded.at('visit', 'v', 1)).toEqual({ day: '2024-01-01', units: ['a'] });
  });

  test('is contradicted by who says otherwise, not by who says more or the same again', () => {
    const context = new Context();
    context.remember([said('a', 'literacy'), { of: 'parts', id: '', value: 1, kind: 'gathered' }], 3);
    expect(context.contradicted([said('a', 'refresher'), said('b', 'x')], 4)).toEqual([said('a', 'refresher')]);
    expect(context.contradicted([said('a', 'literacy')], 4)).toEqual([]);
    expect(context.contradicted([{ of: 'parts', id: '', value: 3, kind: 'gathered' }], 4)).toEqual([]);
    // What it knows of later entries is no contradiction.
    expect(context.contradicted([said('a', 'refresher')], 3)).toEqual([]);
  });

  test('holds what an entry says last when it says a thing twice', () => {
    const context = new Context();
    context.remember([said('a', '1')], 3);
    context.remember([said('a', '2')], 5);
    context.remember([said('a', '3')], 5);
    expect([context.at('class', 'a', 4), context.at('class', 'a', 5)]).toEqual(['1', '3']);
    expect(context.toStored('s', 'u', 0).items[0]!.values).toHaveLength(2);
  });
});
