import { expect, test } from '@jest/globals';
import { settled, show, type OpenedWeb } from './opened-web.js';

/** What an officer comes to find, by three clicks at most from the first screen. */
export function threeClicks(opened: () => OpenedWeb): void {
  test('why a figure changed since a month', async () => {
    const { page } = opened();
    await show(opened(), '/');
    await page.locator('article', { hasText: 'Số học viên đang theo học' }).getByRole('link').click();
    await page.locator('#content[data-address^="/figure"] h1').waitFor();
    await settled(page);
    const panel = page.locator('section', { hasText: 'Vì sao số liệu thay đổi' }).last();
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
