import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The web application in a real browser, with an ear on all that goes wrong in it. */
export interface OpenedWeb {
  page: Page;
  context: BrowserContext;
  /** Errors in the console, and exceptions, since the last time they were taken. */
  takeErrors(): string[];
}

export const DESK = { width: 1280, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
export const SIZES = [DESK, PHONE] as const;

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

/** Goes to another view as a link in the page does, without a load, and waits until nothing on it is still coming. */
export async function show({ page }: OpenedWeb, address: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page
    .locator(`#content[data-address=${JSON.stringify(address)}] h1`)
    .first()
    .waitFor();
  await settled(page);
}

/** Nothing is still coming, and the live line is open. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-line="open"]').waitFor({ state: 'attached' });
  await page.locator('[data-coming]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** What axe finds, as short sentences; none: nothing. `rules`: only these; else all it has, those of WCAG A and AA among them. */
export async function axeViolations(page: Page, rules?: string[]): Promise<string[]> {
  // Once a document: it stays while the page goes from view to view.
  if (!(await page.evaluate<boolean>("typeof window.axe === 'object'"))) await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => id + ': ' + help + ': ' + target.join(' '))))`,
  );
}

/** By how many pixels the page is wider than its window; 0: it needs no sideways scrolling. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Panels that could not be filled, by what they say. */
export function failures(page: Page): Promise<string[]> {
  return page.locator('#content [role="alert"]').allTextContents();
}

/** Presses Tab until `selector` has the focus; rejects when it hasn't after so many. */
export async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} can't be reached with the Tab key within ${most} steps`);
}

/** Keeps a picture of the whole page in `SCREENSHOTS`, where somebody wants to look at it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const size = page.viewportSize()!;
  // In a window as high as the page: what stays at the window's foot would lie across the picture otherwise.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.setViewportSize(size);
}

/** Keeps a print likewise. */
export async function keepPaper(pdf: Buffer, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.pdf`), pdf);
}
