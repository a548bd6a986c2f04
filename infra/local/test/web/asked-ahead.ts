import { expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Request } from 'playwright-core';
import { settled, type OpenedWeb } from './opened-web.js';

/** What somebody is about to choose is asked for before it is chosen. */
export function askedAhead(web: () => OpenedWeb, url: () => string): void {
  test('what may be chosen from a list that is opened, or was typed as a day, is there when it is chosen', async () => {
    const page = await web().context.newPage();
    await page.goto(`${url()}/community-learning`);
    await settled(page);
    let coming = 0;
    let asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().includes('/v1/figures')) return;
      asked.push(request.url());
      coming++;
    });
    const came = (request: Request) => {
      if (request.url().includes('/v1/figures')) coming--;
    };
    page.on('requestfinished', came);
    page.on('requestfailed', came);
    const allHasCome = async () => {
      await eventually(() => expect([asked.length > 0, coming]).toEqual([true, 0]));
      asked = [];
    };
    await page.locator('#lens-map').dispatchEvent('pointerdown');
    await allHasCome();
    await page.locator('#lens-map').selectOption('day');
    await page.waitForURL(/map=2025-06-30/);
    await settled(page);
    expect(asked).toEqual([]);
    const day = page.getByLabel('Ngày của địa giới', { exact: true });
    await day.fill('17/3/2023');
    await allHasCome();
    await day.press('Enter');
    await page.waitForURL(/map=2023-03-17/);
    await settled(page);
    expect(asked).toEqual([]);
    await page.close();
  }, 60_000);
}
