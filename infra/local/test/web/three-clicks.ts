import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { settled, show, type OpenedWeb } from './opened-web.js';

/** What an officer comes to find, by three clicks at most from the first screen. */
export function threeClicks(opened: () => OpenedWeb): void {
  let clicks: number;
  /** Clicks, and waits until all that it leads to has come. */
  const click = async (what: Locator, leadsTo: string) => {
    clicks += 1;
    await what.click();
    const { page } = opened();
    await page.locator(`#content[data-address^="${leadsTo}"] h1`).waitFor();
    await settled(page);
  };
  beforeEach(async () => {
    clicks = 0;
    await show(opened(), '/');
  });
  afterEach(() => expect(clicks).toBeLessThanOrEqual(3));

  test('how many community centres Chí Linh had in 2022, and where they lie today', async () => {
    const { page } = opened();
    await click(page.locator('header nav a[href^="/units"]'), '/units');
    await page.getByLabel('Tìm theo tên').fill('Chí Linh');
    await click(page.getByRole('button', { name: 'Tìm' }), '/units?q=');
    await click(page.getByRole('link', { name: 'Thành phố Chí Linh', exact: true }), '/units/district-290');
    const table = page.locator('table[data-where-today]');
    expect((await table.locator('thead th').allInnerTexts()).slice(0, 2)).toEqual(['Xã, phường, đặc khu', '2022']);
    const rows = await table.locator('tbody tr').allInnerTexts();
    const inFirstYear = rows.map((row) => /^(.+?)\s*(?:ước tính)?\s+(\d+)/.exec(row)!.slice(1));
    expect(inFirstYear[0]).toEqual(['Tất cả', '19']);
    expect(inFirstYear.slice(1).map(([place]) => place)).toEqual(
      expect.arrayContaining(['Chí Linh', 'Chu Văn An', 'Lê Đại Hành'].map((name) => `Phường ${name}`)),
    );
    expect(inFirstYear.slice(1).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(19);
    expect(opened().takeErrors()).toEqual([]);
  }, 60_000);

  test('who has not reported', async () => {
    const { page } = opened();
    await click(page.getByRole('link', { name: /^Đơn vị chưa báo cáo/ }), '/reporting?');
    const units = page.locator('section', { has: page.locator('#units') });
    expect(await units.locator('li').allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Trung tâm GDTX tỉnh Thanh Hóa\s+Phường Hạc Thành · Thanh Hóa\s+Chưa báo cáo/),
      ]),
    );
    expect(opened().takeErrors()).toEqual([]);
  }, 60_000);

  test('the six recommendations of 2022, and their state', async () => {
    const { page } = opened();
    await click(page.locator('header nav a[href^="/inspections"]'), '/inspections');
    clicks += 2;
    await page.getByLabel('Năm', { exact: true }).selectOption('2022');
    await page.getByRole('heading', { name: '6 kiến nghị, kết luận chỉ đạo' }).waitFor();
    await settled(page);
    const told = await page.locator('[data-recommendation]').allInnerTexts();
    expect(told.map((each) => /(Chưa|Đang|Đã) thực hiện/.test(each))).toEqual(Array(6).fill(true));
    expect(opened().takeErrors()).toEqual([]);
  }, 60_000);

  test('why a figure changed since a month', async () => {
    const { page } = opened();
    const centres = page.locator('article', { hasText: 'trung tâm học tập cộng đồng' });
    await click(centres.getByRole('link').first(), '/figure');
    const panel = page.locator('section', { hasText: 'Vì sao số liệu thay đổi' }).last();
    clicks += 2;
    await panel.locator('select').selectOption({ index: 1 });
    // All that these ledgers hold was recorded since.
    await panel.locator('[data-equal="true"]').waitFor();
    await page.waitForURL(/since=\d{4}-\d\d/);
    await panel.locator('ol > li').first().waitFor();
    expect(await panel.locator('dl').innerText()).toMatch(/chưa có số liệu[\s\S]+Chênh lệch\s+\+/);
    const entries = panel.locator('ol > li');
    expect(await entries.count()).toBeGreaterThan(0);
    const told = await entries.allInnerTexts();
    expect(
      told.every((entry) => /^[\s\S]*ghi muộn[\s\S]*Biên nhận: sổ [a-z-]+\/[a-z0-9-]+, mục số \d+/.test(entry)),
    ).toBe(true);
    expect(opened().takeErrors()).toEqual([]);
  }, 60_000);
}
