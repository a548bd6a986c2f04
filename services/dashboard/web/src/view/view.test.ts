import { describe, expect, test } from '@jest/globals';
import { readView, START, writeView, type View } from './view.js';

const read = (text: string) => readView(new URLSearchParams(text));

describe('the view and its address', () => {
  test('an empty address is the start, and the start has an empty one', () => {
    expect(read('')).toEqual(START);
    expect(writeView(START)).toBe('');
  });

  test('a whole view comes back from its address', () => {
    const view: View = {
      ...{ language: 'en', map: '1990-01-01', known: '2024-03', unit: 'province-14', indicator: 'learners-present' },
      ...{
        from: '2024-01',
        to: '2024-12',
        at: '2025-10-15',
        since: '2024-02',
        by: 'province,year',
        status: 'overdue',
        month: '2024-09',
        share: 'approval',
        q: 'Chí Linh & co',
      },
    };
    expect(read(writeView(view))).toEqual(view);
  });

  test.each([
    'map=tomorrow',
    'map=2025-13-01',
    'known=2024',
    'unit=Son%20La',
    'unit=../x',
    'from=2024-00',
    'at=2024-01-32',
    'month=2024-13',
    'share=a%20b',
    'since=2024',
    'by=province;drop',
    'lang=fr',
    `q=${'x'.repeat(101)}`,
    'token=x',
  ])('%s is left out', (text) => {
    expect(read(text)).toEqual(START);
  });
});
