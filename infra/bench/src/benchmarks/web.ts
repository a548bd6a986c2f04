import { join } from 'node:path';
import { startPlatform } from '@gdtx/local/platform';
import { installedChromium } from '@gdtx/testing/chromium';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Benchmark, Measurement } from '../benchmark.js';
import { copyReadModel } from '../data/own-copy.js';
import { registryTaken } from '../registry-taken.js';
import { median, milliseconds } from '../rounds.js';

const OPENINGS = 5;
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
      const openings: Opening[] = [];
      for (let i = 0; i < OPENINGS; i++) {
        const context = await browser.newContext({ storageState: signedIn });
        openings.push(await open(context, platform.gatewayUrl));
        await context.close();
      }
      const context = await browser.newContext({ storageState: signedIn });
      const clicks = await clicksOf(context, platform.gatewayUrl);
      bench.say(`clicks: ${clicks.map(({ name, took }) => `${name} ${milliseconds(took)}`).join(', ')}`);
      const took = clicks.map((click) => click.took);
      return [
        within(
          'the first screen whole, nothing in the cache',
          median(openings.map(({ took }) => took)),
          AIM_OPENED_MS,
          milliseconds,
        ),
        within(
          'the first load, compressed',
          median(openings.map(({ kb }) => kb)),
          AIM_KB,
          (kb) => `${Math.round(kb)} KB`,
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
  took: number;
  kb: number;
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
  return { took: performance.now() - began, kb: bytes / KB };
}

/** Every screen of the navigation, opened for the first time: its files and its answers have to come. */
async function clicksOf(context: BrowserContext, url: string): Promise<{ name: string; took: number }[]> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await whole(page);
  const links = page.locator('header nav a');
  const names = await links.allInnerTexts();
  const clicks: { name: string; took: number }[] = [];
  // From the last to the first, so that each click leads somewhere else.
  for (const place of names.map((_, i) => names.length - 1 - i)) {
    const began = performance.now();
    await links.nth(place).click();
    await whole(page);
    clicks.push({ name: names[place]!.trim(), took: performance.now() - began });
  }
  return clicks;
}

async function whole(page: Page): Promise<void> {
  await page.locator('#content h1').first().waitFor();
  // `first` is whichever is there: it is gone when none is left.
  await page.locator('[data-coming]').first().waitFor({ state: 'detached' });
}

function within(figure: string, ours: number, limit: number, say: (value: number) => string): Measurement {
  const against = { rival: say(limit), against: 'limit', ratio: ours / limit };
  return { figure, ours: say(ours), ...against, aim: `at most ${say(limit)}`, reached: ours <= limit };
}
