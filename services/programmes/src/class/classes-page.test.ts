import { describe, expect, test } from '@jest/globals';
import type { ClassState } from './class.js';
import { classesPage, type ClassesWanted } from './classes-page.js';

const known = (type: string, completed: boolean): ClassState => ({
  type,
  openedOn: { on: '2024-09-05', notBefore: '', notAfter: '' },
  opens: '2024-09-05',
  register: [],
  lastActive: '2024-09-05',
  enrolled: { total: 42, female: 25, precision: 'exact' },
  ...(completed ? { completed: { on: '2025-05-30', learners: { total: 40, precision: 'exact' } } } : {}),
});

/** c0001 … each second one completed, each third one of literacy. */
function unitWith(count: number) {
  let asked = 0;
  const all = Array.from({ length: count }, (_, i) => ({
    key: `class:gdtx-son-la/c${String(i).padStart(5, '0')}`,
    state: known(i % 3 === 0 ? 'literacy' : 'upper-secondary', i % 2 === 1),
  }));
  const states = {
    list: async <S>(prefix: string, { after, limit }: { after?: string | undefined; limit: number }) => {
      asked += 1;
      const found = all.filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after));
      return found.slice(0, limit) as { key: string; state: S }[];
    },
  };
  return {
    page: (wanted: Partial<ClassesWanted>) => classesPage(states, 'gdtx-son-la', { limit: 100, ...wanted }),
    asked: () => asked,
  };
}
const ids = (page: { items: object[] }) => page.items.map((item) => (item as { class: string }).class);

describe('the classes of a unit', () => {
  test('are shown with what was said of them', async () => {
    expect((await unitWith(2).page({})).items).toEqual([
      expect.objectContaining({
        class: 'c00000',
        type: 'literacy',
        typeName: { vi: 'Xóa mù chữ', en: 'Literacy' },
        openedOn: '2024-09-05',
        state: 'open',
        enrolled: { total: 42, female: 25, precision: 'exact' },
        left: null,
        headcount: null,
        completed: null,
      }),
      expect.objectContaining({
        class: 'c00001',
        state: 'completed',
        completed: { on: '2025-05-30', learners: { total: 40, precision: 'exact' } },
      }),
    ]);
  });

  test('come by page until there are none', async () => {
    const { page } = unitWith(5);
    const first = await page({ limit: 2 });
    expect([ids(first), first.next]).toEqual([['c00000', 'c00001'], 'c00001']);
    const third = await page({ limit: 2, after: 'c00003' });
    expect(third).toEqual({ items: [expect.objectContaining({ class: 'c00004' })] });
    expect(await page({ limit: 2, after: 'c00004' })).toEqual({ items: [] });
  });

  test('are chosen by state and type, over as many as it takes', async () => {
    const { page } = unitWith(12);
    expect(ids(await page({ state: 'completed', type: 'literacy', limit: 2 }))).toEqual(['c00003', 'c00009']);
    expect(ids(await page({ state: 'open', type: 'literacy' }))).toEqual(['c00000', 'c00006']);
  });

  test('are not looked at without end', async () => {
    const { page, asked } = unitWith(6000);
    const found = await page({ type: 'refresher', limit: 1000 });
    expect([found.items, found.next, asked()]).toEqual([[], 'c04999', 5]);
  });
});
