import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/node';
import { DESK, keepPaper, overflow, PHONE, show, type OpenedWeb } from './opened-web.js';

/** What can be taken away from a screen: tables as files, charts as pictures, all of it on paper. */
export function takenAway(opened: () => OpenedWeb): void {
  const FIGURE = '/figure?indicator=general-vocational-pupils&unit=province-14&from=1900-01&by=centre';
  const CALENDAR = '/reporting?to=2025-10';
  const TREND = '/figure?indicator=learners-enrolled&unit=gdtx-son-la&to=2024-12';

  test('a figure is taken away as CSV and as XLSX, and both hold the same', async () => {
    await show(opened(), FIGURE);
    const { page } = opened();
    const csv = (await taken(page, 'a[download][href*="by=centre"][href*="format=csv"]')).toString('utf8');
    expect(csv).toMatch(/^\u{feff}# indicator,general-vocational-pupils,/u);
    const [rows, about] = await readExcelFile(await taken(page, 'a[download][href*="by=centre"][href*="format=xlsx"]'));
    const fromCsv = csv.split('\r\n').filter((line) => line !== '' && !/^\u{feff}?#/u.test(line));
    expect(rows!.data).toHaveLength(fromCsv.length);
    expect(rows!.data.map((row) => row[3]).filter((value) => typeof value === 'number')).not.toEqual([]);
    expect(about!.data.map(([name]) => name)).toEqual(
      expect.arrayContaining(['indicator', 'measure', 'unit', 'period', 'map', 'known', 'asOf', 'lacks', 'definition']),
    );
  }, 60_000);

  test.each([
    ['a trend', TREND, DESK],
    ['the map', '/map?indicator=community-centres&map=2025-06-30', DESK],
    ['tiles on a phone', '/map?indicator=community-centres&map=2025-06-30', PHONE],
    ['a lineage', '/units/gdtx-son-la', DESK],
    ['a calendar', CALENDAR, DESK],
    ['a calendar on a phone', '/reporting?unit=province-14&to=2025-10', PHONE],
  ])(
    '%s is taken away as a picture that shows it, in the page’s own policy',
    async (_, address, size) => {
      const { page } = opened();
      await page.setViewportSize(size);
      await show(opened(), address);
      const png = await taken(page, 'button:text("Tải hình")');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // As high as what it shows, and no endless strip.
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      expect({ height, isWhole: height > 400 && width / height < 4 }).toEqual({ height, isWhole: true });
      // A picture of nothing has one colour.
      expect(await coloursOf(page, png)).toBeGreaterThan(4);
      expect(opened().takeErrors()).toEqual([]);
    },
    60_000,
  );

  const PLACES = '/community-learning';
  test.each(['/', FIGURE, '/map?indicator=community-centres', '/units/gdtx-son-la', CALENDAR, PLACES])(
    '%s is on paper with its definitions, times and map, and without what is only for a screen',
    async (address) => {
      const { page } = opened();
      await show(opened(), address);
      const pdf = await page.pdf({ format: 'A4', printBackground: true });
      await keepPaper(pdf, `paper-${address.replaceAll(/[^a-z-]+/g, '-')}`);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      // As wide as a sheet is between its margins.
      await page.setViewportSize({ width: 688, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      const paper = await page.evaluate<string>('document.body.innerText');
      expect(paper).toContain('Theo địa giới hiện nay · số liệu đã biết đến bây giờ');
      expect(paper).toContain('Định nghĩa các chỉ số trên trang này');
      if (address === CALENDAR) expect(paper).toMatch(/Tỷ lệ báo cáo đúng hạn \(%\)[\s\S]+chia cho số phải báo cáo/);
      // All columns, since nobody can choose one there.
      if (address === PLACES)
        expect(await page.locator('table[data-several] thead th').allInnerTexts()).not.toContain('');
      expect(paper).toContain(`In lúc`);
      expect([await page.locator('header nav').isVisible(), await page.locator('#lens-map').isVisible()]).toEqual([
        false,
        false,
      ]);
      expect(await overflow(page)).toBe(0);
      expect(await cutOff(page)).toEqual([]);
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      await page.emulateMedia({ media: null });
      expect(await page.evaluate<string>('document.body.innerText')).not.toContain('In lúc');
      expect(opened().takeErrors()).toEqual([]);
    },
    60_000,
  );
}

/** What holds more than is seen of it: paper can't be scrolled. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('#content *')]
    .filter((each) => getComputedStyle(each).overflowX !== 'visible' && !each.closest('.unseen'))
    .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
    .map(({ className }) => String(className))`);
}

async function taken(page: Page, selector: string): Promise<Buffer> {
  const coming = page.waitForEvent('download');
  await page.locator(selector).first().click();
  return readFile(await (await coming).path());
}

/** How many colours a picture has, up to a hundred. */
function coloursOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (each) => each.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const paper = new OffscreenCanvas(image.width, image.height).getContext('2d');
    paper.drawImage(image, 0, 0);
    const { data } = paper.getImageData(0, 0, image.width, image.height);
    const colours = new Set();
    for (let i = 0; i < data.length && colours.size < 100; i += 4) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    return colours.size;
  })()`);
}
