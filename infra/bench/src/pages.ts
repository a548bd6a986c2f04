import type { BrowserContext, Locator, Page } from 'playwright-core';
import { median } from './rounds.js';

export type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

const PATIENCE_MS = 60_000;
/** In a page: nothing is still coming. */
const IS_WHOLE = `(document.querySelector('#content h1') && !document.querySelector('[data-coming]'))`;

export async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Signs in as the ministry's officer of the local run; what comes back opens further browsers. */
export async function signIn(context: BrowserContext, url: string): Promise<Cookies> {
  const page = await pageOf(context);
  await page.goto(url);
  await page.locator('a[href^="/session/sign-in"]').click();
  await page.locator('#demo-inspector').click();
  await page.locator('#content').waitFor();
  const cookies = await context.storageState();
  await context.close();
  return cookies;
}

/** Clicks on a link, and waits until the screen that it leads to stands there. */
export async function answered(page: Page, link: Locator): Promise<void> {
  const path = (await link.getAttribute('href'))!.split('?')[0]!;
  await link.click();
  await page.locator(`#content[data-address="${path}"], #content[data-address^="${path}?"]`).waitFor();
}

/** Until nothing is still coming. Seen in the page itself, picture by picture: from outside it is looked at every half second only. */
export function whole(page: Page): Promise<void> {
  return page.evaluate<undefined>(`new Promise((resolve) => {
    const look = () => (${IS_WHOLE} ? resolve() : requestAnimationFrame(look));
    look();
  })`);
}

export interface Click {
  name: string;
  /** Milliseconds from the click until the other screen stands there, and until nothing on it is still coming. */
  answered: number;
  whole: number;
}

/**
 * Every screen of the navigation, opened for the first time: its answers have to come. From the first screen to all others, the last first,
 * so that each click leads somewhere else; the first screen's own from another one.
 */
export async function clicksOf(newContext: () => Promise<BrowserContext>, url: string): Promise<Click[]> {
  const context = await newContext();
  const page = await opened(context, url);
  const places = await page.locator('header nav a').count();
  const clicks: Click[] = [];
  for (let place = places - 1; place > 0; place--) clicks.push(await click(page, place));
  const last = (await page.locator('header nav a').last().getAttribute('href'))!;
  await context.close();
  const other = await newContext();
  clicks.push(await click(await opened(other, new URL(last, url).href), 0));
  await other.close();
  return clicks;
}

/** Of several rounds of the same clicks: the medians of each click. */
export function mediansOf(rounds: readonly (readonly Click[])[]): Click[] {
  return rounds[0]!.map(({ name }, i) => {
    const same = rounds.map((round) => round[i]!);
    const of = (which: 'answered' | 'whole') => median(same.map((click) => click[which]));
    return { name, answered: of('answered'), whole: of('whole') };
  });
}

async function opened(context: BrowserContext, address: string): Promise<Page> {
  const page = await pageOf(context);
  await page.goto(address);
  await whole(page);
  return page;
}

/** As the page itself has it, from the event of the click on: what the driver of the browser needs to click is nobody's wait. */
async function click(page: Page, place: number): Promise<Click> {
  const link = page.locator('header nav a').nth(place);
  const name = (await link.innerText()).trim();
  const path = (await link.getAttribute('href'))!.split('?')[0]!;
  const times = page.evaluate<Omit<Click, 'name'>>(`new Promise((resolve) => {
    let clicked, answered;
    addEventListener('click', (event) => (clicked = event.timeStamp), { capture: true, once: true });
    const look = () => {
      const content = document.querySelector('#content');
      const isThere = clicked !== undefined && content && content.dataset.address.split('?')[0] === ${JSON.stringify(path)};
      if (isThere) answered ??= performance.now() - clicked;
      return isThere && ${IS_WHOLE} ? resolve({ answered, whole: performance.now() - clicked }) : requestAnimationFrame(look);
    };
    look();
  })`);
  await link.click();
  return { name, ...(await times) };
}
