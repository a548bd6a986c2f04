import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Page, Request } from 'playwright-core';
import { settled, type OpenedWeb } from './opened-web.js';

/** Longer than somebody rests on a link who is about to follow it. */
const LONG_MS = 300;

/** What somebody is about to choose is asked for before it is chosen. */
export function askedAhead(web: () => OpenedWeb, url: () => string): void {
  test('what may be chosen from a list that is opened, or was typed as a day, is there when it is chosen', async () => {
    const page = await web().context.newPage();
    await page.goto(`${url()}/community-learning`);
    await settled(page);
    const figures = followed(page);
    await page.locator('#lens-map').dispatchEvent('pointerdown');
    await figures.haveCome();
    await page.locator('#lens-map').selectOption('day');
    await page.waitForURL(/map=2025-06-30/);
    await settled(page);
    expect(figures.asked).toEqual([]);
    const day = page.getByLabel('Ngày của địa giới', { exact: true });
    await day.fill('17/3/2023');
    await figures.haveCome();
    await day.press('Enter');
    await page.waitForURL(/map=2023-03-17/);
    await settled(page);
    expect(figures.asked).toEqual([]);
    await page.close();
  }, 60_000);

  test('what is chosen stands in the list at once; the screen is shown by all that was chosen, and by nothing else before', async () => {
    const page = await web().context.newPage();
    await page.goto(url());
    await settled(page);
    const addresses: string[] = [];
    page.on('framenavigated', (frame) => addresses.push(new URL(frame.url()).search));
    // The answers wait for both choices.
    let letGo: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/v1/figures**', async (route) => {
      await both;
      await route.continue();
    });
    await page.locator('#lens-map').selectOption('then');
    expect(await page.locator('#lens-map').inputValue()).toBe('then');
    await page.locator('#lens-known').selectOption('month');
    expect(await page.locator('#lens-map').inputValue()).toBe('then');
    expect(await page.locator('#lens-known').inputValue()).toBe('month');
    letGo();
    await page.waitForURL(/map=then&known=/);
    await settled(page);
    const shown = new URL(page.url()).search;
    // The first choice alone, where the second one took its time.
    expect(new Set(['?map=then', ...addresses])).toEqual(new Set(['?map=then', shown]));
    await page.close();
  }, 60_000);

  test('what a screen shows is there when its link is clicked on which somebody rested, and is not asked for where somebody passed over it', async () => {
    const page = await web().context.newPage();
    await page.goto(url());
    await settled(page);
    const figures = followed(page);
    const link = page.locator('header nav a[href^="/community-learning"]');
    await link.evaluate(`(link) => {
      for (const type of ['pointerover', 'pointerout']) link.dispatchEvent(new PointerEvent(type, { bubbles: true }));
    }`);
    await pause(LONG_MS);
    expect(figures.asked).toEqual([]);
    await link.hover();
    await figures.haveCome();
    await link.click();
    await page.waitForURL(/community-learning/);
    await settled(page);
    expect(figures.asked).toEqual([]);
    await page.close();
  }, 60_000);
}

/** The figures that a page asks for from now on. */
function followed(page: Page) {
  const found = {
    /** Since the last that had come. */
    asked: [] as string[],
    async haveCome() {
      await eventually(() => expect([found.asked.length > 0, coming]).toEqual([true, 0]));
      found.asked = [];
    },
  };
  let coming = 0;
  const isOne = (request: Request) => request.url().includes('/v1/figures');
  page.on('request', (request) => {
    if (!isOne(request)) return;
    found.asked.push(request.url());
    coming++;
  });
  const came = (request: Request) => {
    if (isOne(request)) coming--;
  };
  page.on('requestfinished', came);
  page.on('requestfailed', came);
  return found;
}
