import { setTimeout as pause } from 'node:timers/promises';
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

/** When so many headline figures stood there with their values: milliseconds from the address on, as the page itself has it. */
export const headlinesShown = (page: Page, count: number): Promise<number> =>
  until(
    page,
    `document.querySelectorAll('#content article').length >= ${count} && !document.querySelector('#content article [data-coming]')`,
  );

/** Until nothing is still coming. */
export const whole = async (page: Page): Promise<void> => void (await until(page, IS_WHOLE));

/** Until an expression holds, as the page itself has it, and when that was. Seen in the page, picture by picture: from outside it is looked at every half second only. */
function until(page: Page, holds: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = () => (${holds} ? resolve(performance.now()) : requestAnimationFrame(look));
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
  for (let place = places - 1; place > 0; place--) clicks.push(await click(page.locator('header nav a').nth(place)));
  const last = (await page.locator('header nav a').last().getAttribute('href'))!;
  await context.close();
  const other = await newContext();
  const elsewhere = await opened(other, new URL(last, url).href);
  clicks.push(await click(elsewhere.locator('header nav a').first()));
  await other.close();
  return clicks;
}

/** Somebody who has opened a list doesn't choose from it any sooner. */
const CHOOSES_AFTER_MS = 400;
/** Nor presses Enter after the last letter. */
const PRESSES_AFTER_MS = 200;
/** The screens with the most figures. */
export const WIDEST: readonly string[] = ['/', '/community-learning'];

interface Choice {
  name: string;
  /** The query of the address at which it is made. */
  from?: string;
  choose: (page: Page) => Promise<unknown>;
  /** With which it is made. */
  event: 'change' | 'keydown';
  /** What the address says then. */
  says: string;
}

/** The two switches, each on each of these screens as it is opened: a list is opened and, a moment later, something chosen from it. From the choice on. */
export function switchesOf(
  newContext: () => Promise<BrowserContext>,
  url: string,
  screens: readonly string[],
): Promise<Click[]> {
  const from = (list: string, option: string, says: string): Choice => ({
    ...{ name: option, event: 'change', says },
    choose: async (page) => {
      await page.locator(list).dispatchEvent('pointerdown');
      await pause(CHOOSES_AFTER_MS);
      await page.locator(list).selectOption(option);
    },
  });
  return chosen(newContext, url, screens, [
    from('#lens-map', 'then', 'map=then'),
    from('#lens-map', 'day', 'map='),
    from('#lens-known', 'month', 'known='),
  ]);
}

/** On the same screens: a day is typed, or a month chosen, that nobody has asked for yet; `round`: which ones. */
export function othersOf(
  newContext: () => Promise<BrowserContext>,
  url: string,
  screens: readonly string[],
  round: number,
): Promise<Click[]> {
  const month = `2023-${String(12 - round).padStart(2, '0')}`;
  return chosen(newContext, url, screens, [
    {
      ...{ name: 'another day', from: 'map=2025-06-30', event: 'keydown', says: `map=${month}-17` },
      choose: async (page) => {
        const field = page.locator('#lens-map ~ span input').first();
        await field.fill(`17/${12 - round}/2023`);
        await pause(PRESSES_AFTER_MS);
        await field.press('Enter');
      },
    },
    {
      ...{ name: 'another month', from: 'known=2026-01', event: 'change', says: `known=${month}` },
      choose: (page) => page.locator('#lens-known ~ select').selectOption(month),
    },
  ]);
}

/** Each on each of the screens, opened anew. */
async function chosen(
  newContext: () => Promise<BrowserContext>,
  url: string,
  screens: readonly string[],
  choices: readonly Choice[],
): Promise<Click[]> {
  const clicks: Click[] = [];
  for (const path of screens) {
    for (const { name, from = '', choose, event, says } of choices) {
      const context = await newContext();
      const page = await opened(context, new URL(`${path}?${from}`, url).href);
      const times = timesFrom(page, event, `content.dataset.address.includes(${JSON.stringify(says)})`);
      await choose(page);
      clicks.push({ name: `${path} by ${name}`, ...(await times) });
      await context.close();
    }
  }
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

/** Whoever clicks on a link has pointed at it for a while, mostly longer. */
const CLICKS_AFTER_MS = 200;

/** As the page itself has it, from the event of the click on: what the driver of the browser needs to click is nobody's wait. */
export async function click(link: Locator, after: 'a while' | 'at once' = 'a while'): Promise<Click> {
  const name = (await link.innerText()).trim();
  const path = (await link.getAttribute('href'))!.split('?')[0]!;
  const times = timesFrom(link.page(), 'click', `content.dataset.address.split('?')[0] === ${JSON.stringify(path)}`);
  if (after === 'a while') {
    await link.hover();
    await pause(CLICKS_AFTER_MS);
  }
  await link.click();
  return { name, ...(await times) };
}

/** From an event on until `isThere`, an expression that may look at `content`, and until nothing is still coming. */
function timesFrom(page: Page, event: 'click' | Choice['event'], isThere: string): Promise<Omit<Click, 'name'>> {
  return page.evaluate<Omit<Click, 'name'>>(`new Promise((resolve) => {
    let began, answered;
    addEventListener('${event}', (event) => (began = event.timeStamp), { capture: true, once: true });
    const look = () => {
      const content = document.querySelector('#content');
      const isThere = began !== undefined && content && ${isThere};
      if (isThere) answered ??= performance.now() - began;
      return isThere && ${IS_WHOLE} ? resolve({ answered, whole: performance.now() - began }) : requestAnimationFrame(look);
    };
    look();
  })`);
}
