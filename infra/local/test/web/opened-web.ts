import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The web application in a real browser, with an ear on all that goes wrong in it. */
export interface OpenedWeb {
  page: Page;
  context: BrowserContext;
  /** Errors in the console, and exceptions, since the last time they were taken. */
  takeErrors(): string[];
}

export const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
] as const;

const PATIENCE_MS = 30_000;

/** Starts it without a window. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

export async function openWeb(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<OpenedWeb> {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  let errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(`${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => errors.push(`${String(error)} (${page.url()})`));
  return {
    ...{ page, context },
    takeErrors() {
      const taken = errors;
      errors = [];
      return taken;
    },
  };
}

/** From the door to the screen that was asked for, as one of the local run's people. */
export async function signIn({ page }: OpenedWeb, url: string, person: string): Promise<void> {
  await page.goto(url);
  await page.locator('a[href^="/session/sign-in"]').click();
  await page.locator(`#${person}`).click();
  await page.locator('#content').waitFor();
}

/** Opens an address and waits until nothing on it is still coming. */
export async function show({ page }: OpenedWeb, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('#content h1').first().waitFor();
  await settled(page);
}

/** Nothing is still coming, and the live line is open. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-line="open"]').waitFor({ state: 'attached' });
  await page.locator('[data-coming]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** What axe finds, as short sentences; none: nothing. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}

/** By how many pixels the page is wider than its window; 0: it needs no sideways scrolling. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Keeps a picture of the whole page in `SCREENSHOTS`, where somebody wants to look at it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
