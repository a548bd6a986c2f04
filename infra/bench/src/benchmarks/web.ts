import { join } from 'node:path';
import { startPlatform } from '@gdtx/local/platform';
import { installedChromium } from '@gdtx/testing/chromium';
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import type { Benchmark, Measurement } from '../benchmark.js';
import { copyReadModel } from '../data/own-copy.js';
import { registryTaken } from '../registry-taken.js';
import { median, milliseconds } from '../rounds.js';

const OPENINGS = 5;
/** On the first screen. */
const HEADLINES = 8;
const AIM_OPENED_MS = 1_500;
const AIM_CLICK_MS = 200;
const AIM_KB = 350;
const KB = 1_000;
const READY_WITHIN_MS = 600_000;
const PATIENCE_MS = 60_000;
/** What the page itself consists of: neither what it asks the platform nor its live line. */
const FILES = new Set(['Document', 'Script', 'Stylesheet', 'Font', 'Image']);

export const web: Benchmark = {
  name: 'web',
  about:
    'the web application in a browser, over the whole data set: the first screen with nothing in the cache, clicks from screen to screen, and what the first load weighs',
  async run(bench) {
    const executablePath = installedChromium();
    if (!executablePath) {
      bench.say('Skipped: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');
      return [];
    }
    const engines = await bench.engines();
    const copy = await copyReadModel(await bench.readModel(), engines);
    const { topicPrefix, databasePrefix } = copy;
    const platform = await startPlatform({
      ...{ home: join(bench.home, 'platform'), engines, topicPrefix, databasePrefix },
      ...{ services: ['dashboard', 'gateway'], readyWithinMs: READY_WITHIN_MS },
      env: { ...process.env, LOG_LEVEL: 'error', RATE_LIMIT: '100000000' },
      log: (line) => bench.say(line),
    });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    try {
      const token = await platform.token({ sub: 'bench', roles: ['inspector'], units: ['vn'] });
      await registryTaken(platform, token);
      const signedIn = await signIn(await browser.newContext(), platform.gatewayUrl);
      // Each in a browser that has nothing in its cache.
      const inNew = async <T>(work: (context: BrowserContext, url: string) => Promise<T>): Promise<T[]> => {
        const results: T[] = [];
        for (let i = 0; i < OPENINGS; i++) {
          const context = await browser.newContext({ storageState: signedIn });
          results.push(await work(context, platform.gatewayUrl));
          await context.close();
        }
        return results;
      };
      const usable = await inNew(use);
      const openings = await inNew(open);
      const context = await browser.newContext({ storageState: signedIn });
      const clicks = await clicksOf(context, platform.gatewayUrl);
      for (const { name, answered, whole } of clicks) {
        bench.say(`click to ${name}: answered after ${milliseconds(answered)}, whole after ${milliseconds(whole)}`);
      }
      const took = clicks.map(({ whole }) => whole);
      return [
        within(
          'the first screen usable: its headline figures are there, and navigation answers',
          median(usable),
          AIM_OPENED_MS,
          milliseconds,
        ),
        within(
          'the first screen whole, nothing in the cache',
          median(openings.map(({ whole }) => whole)),
          AIM_OPENED_MS,
          milliseconds,
        ),
        within(
          'the first load, compressed',
          median(openings.map(({ kb }) => kb)),
          AIM_KB,
          (kb) => `${Math.round(kb)} KB`,
        ),
        within(
          'a click from screen to screen until it answers, the longest',
          Math.max(...clicks.map(({ answered }) => answered)),
          AIM_CLICK_MS,
          milliseconds,
        ),
        { figure: 'a click from screen to screen until all is there, p50', ours: milliseconds(median(took)) },
        within(
          'a click from screen to screen until all is there, the longest',
          Math.max(...took),
          AIM_CLICK_MS,
          milliseconds,
        ),
      ];
    } finally {
      await browser.close();
      await platform.stop();
      await copy.drop();
    }
  },
};

interface Opening {
  /** Milliseconds until nothing is still coming. */
  whole: number;
  kb: number;
}

interface Click {
  name: string;
  /** Milliseconds until the other screen stands there, and until nothing on it is still coming. */
  answered: number;
  whole: number;
}

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(context: BrowserContext, url: string): Promise<Cookies> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.locator('a[href^="/session/sign-in"]').click();
  await page.locator('#demo-inspector').click();
  await page.locator('#content').waitFor();
  const cookies = await context.storageState();
  await context.close();
  return cookies;
}

/** From the address to the headline figures with their values, and on to a click in the navigation that is answered: milliseconds. */
async function use(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page
    .locator('#content article')
    .nth(HEADLINES - 1)
    .waitFor();
  await page.locator('#content article [data-coming]').first().waitFor({ state: 'detached' });
  await answered(page, page.locator('header nav a').nth(1));
  return performance.now() - began;
}

/** Clicks on a link, and waits until the screen that it leads to stands there. */
async function answered(page: Page, link: Locator): Promise<void> {
  const path = (await link.getAttribute('href'))!.split('?')[0]!;
  await link.click();
  await page.locator(`#content[data-address="${path}"], #content[data-address^="${path}?"]`).waitFor();
}

/** From the address to the screen on which nothing is still coming. */
async function open(context: BrowserContext, url: string): Promise<Opening> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  const files = new Set<string>();
  let bytes = 0;
  network.on('Network.responseReceived', ({ requestId, type }) => {
    if (FILES.has(type)) files.add(requestId);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) bytes += encodedDataLength;
  });
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await whole(page);
  return { whole: performance.now() - began, kb: bytes / KB };
}

/** Every screen of the navigation, opened for the first time: its files and its answers have to come. */
async function clicksOf(context: BrowserContext, url: string): Promise<Click[]> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await whole(page);
  const links = page.locator('header nav a');
  const names = await links.allInnerTexts();
  const clicks: Click[] = [];
  // From the last to the first, so that each click leads somewhere else.
  for (const place of names.map((_, i) => names.length - 1 - i)) {
    const began = performance.now();
    await answered(page, links.nth(place));
    const soFar = performance.now() - began;
    await whole(page);
    clicks.push({ name: names[place]!.trim(), answered: soFar, whole: performance.now() - began });
  }
  return clicks;
}

/** Seen in the page itself, picture by picture: from outside it is looked at every half second only. */
function whole(page: Page): Promise<void> {
  return page.evaluate<undefined>(`new Promise((resolve) => {
    const look = () => {
      const isWhole = document.querySelector('#content h1') && !document.querySelector('[data-coming]');
      return isWhole ? resolve() : requestAnimationFrame(look);
    };
    look();
  })`);
}

function within(figure: string, ours: number, limit: number, say: (value: number) => string): Measurement {
  const against = { rival: say(limit), against: 'limit', ratio: ours / limit };
  return { figure, ours: say(ours), ...against, aim: `at most ${say(limit)}`, reached: ours <= limit };
}
