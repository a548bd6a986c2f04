import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '@gdtx/local/platform';
import type { BrowserContext, Page } from 'playwright-core';
import { Enrolments } from './enrolments.js';
import { publisherAt } from './gateway-publisher.js';
import { HttpClient } from './http-client.js';
import { pageOf, whole } from './pages.js';

/** Somewhat longer than a page waits for more, and not in step with it. */
const BETWEEN_MS = 430;
/** The first of the headline figures: learners present. */
const FIGURE = '#content article p';

/**
 * How long it takes, in milliseconds, from publishing a fact to the changed figure on a page that is open: a learner more, again and
 * again, `facts` times, of a unit whose ledger nobody has heard anything of.
 */
export async function shownOnPage(
  platform: Platform,
  context: BrowserContext,
  { unit, facts }: { unit: string; facts: number },
): Promise<number[]> {
  const page = await pageOf(context);
  await page.goto(platform.gatewayUrl);
  await whole(page);
  await page.locator('[data-line="open"]').waitFor({ state: 'attached' });
  const client = new HttpClient(platform.gatewayUrl);
  try {
    const publisher = await publisherAt(platform, client, { sub: unit, roles: ['centre-publisher'], units: [unit] });
    const enrolments = new Enrolments([unit]);
    await publisher.publish([...enrolments.openings(), enrolments.enrolment()]);
    const took: number[] = [];
    for (let i = 0; i < facts; i++) {
      await pause(BETWEEN_MS);
      const changed = afterChange(page);
      await pause(BETWEEN_MS);
      const began = performance.now();
      await publisher.publish([enrolments.enrolment()]);
      await changed;
      took.push(performance.now() - began);
    }
    return took;
  } finally {
    client.close();
  }
}

/** Resolves once another figure stands there than now. */
function afterChange(page: Page): Promise<void> {
  return page.evaluate<undefined>(`new Promise((resolve) => {
    const figure = () => document.querySelector('${FIGURE}').textContent;
    const before = figure();
    const look = () => (figure() === before ? requestAnimationFrame(look) : resolve());
    look();
  })`);
}
