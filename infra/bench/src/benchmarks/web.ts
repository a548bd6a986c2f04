import { join } from 'node:path';
import { startPlatform } from '@gdtx/local/platform';
import { installedChromium } from '@gdtx/testing/chromium';
import { chromium, type BrowserContext } from 'playwright-core';
import type { Benchmark, Measurement } from '../benchmark.js';
import { copyReadModel } from '../data/own-copy.js';
import {
  click,
  type Click,
  clicksOf,
  headlinesShown,
  mediansOf,
  othersOf,
  pageOf,
  signIn,
  switchesOf,
  whole,
  WIDEST,
} from '../pages.js';
import { registryTaken } from '../registry-taken.js';
import { inTurns, median, milliseconds } from '../rounds.js';
import { shownOnPage } from '../shown-on-page.js';

/** Of a try-out one will do, on one screen. */
const ROUNDS = 5;
/** Published one after the other while a page is open. */
const FACTS_SHOWN = 20;
/** On the first screen. */
const HEADLINES = 8;
const AIM_OPENED_MS = 1_500;
const AIM_CLICK_MS = 200;
const AIM_SHOWN_MS = 1_000;
const AIM_KB = 350;
const KB = 1_000;
const READY_WITHIN_MS = 600_000;
/** What the page itself consists of: neither what it asks the platform nor its live line. */
const FILES = new Set(['Document', 'Script', 'Stylesheet', 'Font', 'Image']);

export const web: Benchmark = {
  name: 'web',
  about:
    'the web application in a browser, over the whole data set: the first screen with nothing in the cache, clicks from screen to screen, how soon a fact is on an open page, and what the first load weighs',
  async run(bench) {
    const executablePath = installedChromium();
    if (!executablePath) {
      bench.say('Skipped: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');
      return [];
    }
    const [times, screens] = bench.scale < 1 ? [1, WIDEST.slice(0, 1)] : [ROUNDS, WIDEST];
    const engines = await bench.engines();
    const copy = await copyReadModel(await bench.readModel(), engines);
    const { topicPrefix, databasePrefix } = copy;
    const unit = await copy.forgetOne('programmes');
    const platform = await startPlatform({
      ...{ home: join(bench.home, 'platform'), engines, topicPrefix, databasePrefix },
      ...{ services: ['dashboard', 'gateway', 'programmes'], readyWithinMs: READY_WITHIN_MS },
      env: { ...process.env, LOG_LEVEL: 'error', RATE_LIMIT: '100000000' },
      log: (line) => bench.say(line),
    });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    try {
      const token = await platform.token({ sub: 'bench', roles: ['inspector'], units: ['vn'] });
      await registryTaken(platform, token);
      const url = platform.gatewayUrl;
      const signedIn = await signIn(await browser.newContext(), url);
      // Each has nothing in its cache.
      const newContext = () => browser.newContext({ storageState: signedIn });
      const inNew = async <T>(work: (context: BrowserContext, url: string) => Promise<T>): Promise<T> => {
        const context = await newContext();
        const result = await work(context, url);
        await context.close();
        return result;
      };
      const { opened } = await inTurns(times, {
        opened: async () => ({ usable: await inNew(use), ...(await inNew(open)) }),
      });
      const medians = async (work: (round: number) => Promise<Click[]>): Promise<Click[]> => {
        const rounds: Click[][] = [];
        for (let i = 0; i < times; i++) rounds.push(await work(i));
        const clicks = mediansOf(rounds);
        for (const { name, answered, whole } of clicks) {
          bench.say(`click to ${name}: answered after ${milliseconds(answered)}, whole after ${milliseconds(whole)}`);
        }
        return clicks;
      };
      const clicks = await medians(() => clicksOf(newContext, url));
      const switches = await medians(() => switchesOf(newContext, url, screens));
      const others = await medians((round) => othersOf(newContext, url, screens, round));
      const facts = bench.scale < 1 ? 2 : FACTS_SHOWN;
      const shown = await shownOnPage(platform, await newContext(), { unit, facts });
      return [
        within(
          'the first screen usable: its headline figures are there, and navigation answers',
          median(opened.map(({ usable }) => usable)),
          AIM_OPENED_MS,
          milliseconds,
        ),
        within(
          'the first screen whole, nothing in the cache',
          median(opened.map(({ whole }) => whole)),
          AIM_OPENED_MS,
          milliseconds,
        ),
        within(
          'the first load, compressed',
          median(opened.map(({ kb }) => kb)),
          AIM_KB,
          (kb) => `${Math.round(kb)} KB`,
        ),
        longest('a click from screen to screen', clicks, 'answered'),
        {
          figure: 'a click from screen to screen until all is there, p50',
          ours: milliseconds(median(clicks.map(({ whole }) => whole))),
        },
        longest('a click from screen to screen', clicks, 'whole'),
        longest('a choice from the two switches, on the widest screens,', switches, 'answered'),
        longest('a choice from the two switches, on the widest screens,', switches, 'whole'),
        longest('another day or month, never asked before, on the widest screens,', others, 'answered'),
        longest('another day or month, never asked before, on the widest screens,', others, 'whole'),
        {
          figure: 'from publishing a fact to the changed figure on an open page, p50',
          ours: milliseconds(median(shown)),
        },
        within(
          'from publishing a fact to the changed figure on an open page, the longest',
          Math.max(...shown),
          AIM_SHOWN_MS,
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

/** From the address to the headline figures with their values, and from a click in the navigation then to its answer: milliseconds. */
async function use(context: BrowserContext, url: string): Promise<number> {
  const page = await pageOf(context);
  await page.goto(url, { waitUntil: 'commit' });
  const shown = await headlinesShown(page, HEADLINES);
  const { answered } = await click(page.locator('header nav a').nth(1), 'at once');
  return shown + answered;
}

/** From the address to the screen on which nothing is still coming. */
async function open(context: BrowserContext, url: string): Promise<Opening> {
  const page = await pageOf(context);
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

const UNTIL = { answered: 'until it answers', whole: 'until all is there' } as const;

function longest(what: string, clicks: readonly Click[], until: keyof typeof UNTIL): Measurement {
  const took = Math.max(...clicks.map((click) => click[until]));
  return within(`${what} ${UNTIL[until]}, the longest`, took, AIM_CLICK_MS, milliseconds);
}

function within(figure: string, ours: number, limit: number, say: (value: number) => string): Measurement {
  const against = { rival: say(limit), against: 'limit', ratio: ours / limit };
  return { figure, ours: say(ours), ...against, aim: `at most ${say(limit)}`, reached: ours <= limit };
}
