import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Browser } from 'playwright-core';
import { startSeededPlatform, type SeededPlatform } from '../seeds/seeded-platform.js';
import { installedChromium } from '@gdtx/testing/chromium';
import { askedAhead } from './asked-ahead.js';
import {
  axeViolations,
  DESK,
  failures,
  keepPicture,
  openWeb,
  overflow,
  PHONE,
  settled,
  show,
  signIn,
  SIZES,
  startBrowser,
  tabTo,
  type OpenedWeb,
} from './opened-web.js';
import { liveOnEachScreen } from './live-screens.js';
import { SCREENS } from './screens.js';
import { takenAway } from './taken-away.js';
import { threeClicks } from './three-clicks.js';

/** The web application in a real browser against a whole platform: what each screen must hold, and what is live on it. */

const found = installedChromium();
const described = found ? describe : describe.skip;
if (!found) console.log('The screens are not tried: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');

/** What may differ between languages on a phone, and between light and dark; everything else axe has looked for before. */
const BY_SIZE = ['color-contrast', 'scrollable-region-focusable', 'target-size', 'link-in-text-block', 'region'];
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];

described('the web application', () => {
  let seeded: SeededPlatform;
  let browser: Browser;
  let url: string;
  /** An inspector's, signed in once. Each test begins with the view that it shows. */
  let web: OpenedWeb;
  beforeAll(async () => {
    seeded = await startSeededPlatform('web');
    url = seeded.platform.gatewayUrl;
    browser = await startBrowser(found!);
    web = await openWeb(browser, { viewport: DESK });
    await signIn(web, url, 'demo-inspector');
  }, 420_000);
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  }, 60_000);
  afterEach(async () => {
    await web.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
    await web.page.setViewportSize(DESK);
  });

  describe.each(SCREENS)('%s', (name, address) => {
    const inLanguage = (language: string) =>
      language === 'en' ? `${address}${address.includes('?') ? '&' : '?'}lang=en` : address;
    const looked = async (at: string, rules?: string[]) => {
      await keepPicture(web.page, `${name}-${at}`);
      return {
        ...{ at, failed: await failures(web.page) },
        ...{ axe: await axeViolations(web.page, rules), overflow: await overflow(web.page) },
      };
    };
    const nothing = { failed: [], axe: [], overflow: 0 };

    test.each(['vi', 'en'])(
      'holds in %s, on a desk and on a phone',
      async (language) => {
        await show(web, inLanguage(language));
        expect(await web.page.locator('html').getAttribute('lang')).toBe(language);
        expect(await looked(`${language}-1280`)).toEqual({ at: `${language}-1280`, ...nothing });
        await web.page.setViewportSize(PHONE);
        const rules = language === 'vi' ? undefined : BY_SIZE;
        expect(await looked(`${language}-390`, rules)).toEqual({ at: `${language}-390`, ...nothing });
        expect(web.takeErrors()).toEqual([]);
      },
      60_000,
    );

    test('holds in the dark', async () => {
      await web.page.emulateMedia({ colorScheme: 'dark' });
      await show(web, address);
      expect(await looked('dark-1280', BY_COLOUR)).toEqual({ at: 'dark-1280', ...nothing });
      expect(web.takeErrors()).toEqual([]);
    }, 60_000);
  });

  test('on a phone, the way to the other screens stays at the window’s foot and covers nothing at the page’s end', async () => {
    await web.page.setViewportSize(PHONE);
    await show(web, '/?unit=gdtx-son-la');
    const feet = await web.page.evaluate<[number, number][]>(`(async () => {
      const found = [];
      for (const part of [0, 0.5, 1]) {
        scrollTo(0, part * document.documentElement.scrollHeight);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const { top, bottom } = document.querySelector('header nav').getBoundingClientRect();
        const last = document.querySelector('footer').getBoundingClientRect().bottom
          - parseFloat(getComputedStyle(document.querySelector('footer')).paddingBottom);
        found.push([bottom - innerHeight, part === 1 ? Math.max(0, last - top) : 0]);
      }
      return found;
    })()`);
    expect(feet).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  test('a screen asks by few calls, and the first one for its headline figures first', async () => {
    const page = await web.context.newPage();
    let asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${url}/`);
    await settled(page);
    const data = asked.filter((path) => /^\/v1\/(figures|reporting|reconciliation|outliers)/.test(path));
    expect(data[0]).toBe('/v1/figures/several');
    expect(data.filter((path) => path.startsWith('/v1/figures')).length).toBeLessThanOrEqual(6);
    const others = data.filter((path) => !path.startsWith('/v1/figures'));
    // Until the last month's reports are due, also those of the month before.
    expect(others.length).toBeLessThanOrEqual(4);
    expect([...new Set(others)]).toEqual(['/v1/reporting', '/v1/reconciliation', '/v1/outliers']);
    asked = [];
    await page.locator('header nav a[href^="/inspections"]').click();
    await page.locator('[data-recommendation]').first().waitFor();
    await settled(page);
    // Fourteen recommendations with the figures that they aim at, then and now.
    expect(asked.filter((path) => path.startsWith('/v1/figures')).length).toBeLessThanOrEqual(8);
    expect(asked.filter((path) => path.startsWith('/v1/inspections/recommendations'))).toHaveLength(1);
    await page.close();
  }, 60_000);

  test('what could not be loaded has its name, and says so in the page’s language', async () => {
    const page = await web.context.newPage();
    await page.route('**/v1/figures**', (route) =>
      route.fulfill({ status: 500, json: { status: 500, slug: 'internal', detail: 'Something broke.' } }),
    );
    await page.goto(`${url}/`);
    const failed = page.locator('article', { hasText: 'Số học viên đang theo học' });
    await failed.getByRole('alert').waitFor();
    expect(await failed.innerText()).toMatch(/Chưa tải được\s+Hệ thống gặp lỗi\./);
    expect(await page.locator('#content').innerText()).not.toContain('Something broke');
    await page.close();
  }, 60_000);

  test('a screen whose files can’t be had says so, and the way to the others stays open', async () => {
    const page = await web.context.newPage();
    await page.route('**/assets/map-*.js', (route) => route.abort());
    await page.goto(`${url}/`);
    await settled(page);
    await page.locator('header nav a[href^="/map"]').click();
    await page.locator('#content').getByRole('alert').getByText('Màn hình này gặp lỗi').waitFor();
    await page.locator('header nav a[href^="/units"]').click();
    await page.locator('#content[data-address^="/units"] h1').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.close();
  }, 60_000);

  test('with less motion asked for, nothing moves', async () => {
    await web.page.emulateMedia({ reducedMotion: 'reduce' });
    await show(web, '/');
    const longest = await web.page.evaluate<number>(`Math.max(...[...document.querySelectorAll('*')].flatMap((each) => {
      const { animationDuration, transitionDuration } = getComputedStyle(each);
      return [parseFloat(animationDuration), parseFloat(transitionDuration)];
    }))`);
    expect(longest).toBeLessThan(0.01);
  }, 60_000);

  test('the keyboard alone gets to the content, through the screens and the switches', async () => {
    const { page } = web;
    await page.goto(`${url}/`);
    await page.locator('#content h1').first().waitFor();
    await settled(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.hash')).toBe('#content');
    await tabTo(page, '#lens-known');
    await page.keyboard.press('Shift+Tab');
    await tabTo(page, '#lens-map');
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/map=then/);
    await page.evaluate('document.activeElement.blur()');
    await tabTo(page, 'header nav a[href^="/map"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/map\?map=then/);
    await settled(page);
    await page.evaluate('document.activeElement.blur()');
    await tabTo(page, 'header nav a[href^="/units"]');
    await page.keyboard.press('Enter');
    await page.locator('#content[data-address^="/units"] ul a').first().waitFor();
    await tabTo(page, '#content ul a[href^="/units/"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/[a-z0-9-]+/);
    await settled(page);
    expect(web.takeErrors()).toEqual([]);
  }, 60_000);

  test('a day is written as the page’s language writes it, and what is none is said to be wrong', async () => {
    const { page } = web;
    await show(web, '/');
    const day = page.getByLabel('Xem tại ngày', { exact: true });
    await day.fill('31/2/2024');
    await day.press('Enter');
    await page.getByRole('alert').getByText('25/9/2018').waitFor();
    expect(await day.getAttribute('aria-invalid')).toBe('true');
    expect(await axeViolations(page)).toEqual([]);
    await day.fill('5/3/2024');
    await day.press('Enter');
    await page.waitForURL(/at=2024-03-05/);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await show(web, '/?at=2024-03-05&lang=en');
    expect(await page.getByLabel('Seen on', { exact: true }).inputValue()).toBe('5 March 2024');
    expect(web.takeErrors()).toEqual([]);
  }, 60_000);

  describe('live', () => {
    const present = () => web.page.locator('article', { hasText: 'Số học viên đang theo học' });
    const shown = (value: number) => new Intl.NumberFormat('vi-VN').format(value);

    test('a fact that is published while the page is open is on it without a reload', async () => {
      await show(web, '/?unit=gdtx-son-la');
      await web.page.evaluate('window.untouched = true');
      const fact = (id: string, type: string, data: unknown) => ({
        ...{ specversion: '1.0', id, source: 'urn:gdtx:unit:gdtx-son-la', type: `vn.gdtx.programmes.${type}.v1`, data },
      });
      const before = await figureOf(seeded);
      const posted = await seeded.post([
        fact('web-class', 'ClassOpened', { class: 'web-k12', type: 'upper-secondary', openedOn: '2024-09-01' }),
        fact('web-in', 'LearnersEnrolled', { class: 'web-k12', occurredOn: '2024-09-05', learners: { total: 1234 } }),
      ]);
      expect(posted.body).toMatchObject({ accepted: 2, refused: 0 });
      await present()
        .getByText(shown((before ?? 0) + 1234), { exact: false })
        .first()
        .waitFor();
      await web.page.locator('ol[aria-live] li').first().waitFor();
      expect(await web.page.evaluate('window.untouched')).toBe(true);
      expect(web.takeErrors()).toEqual([]);
    }, 60_000);

    describe('on each screen', () =>
      liveOnEachScreen(
        () => web,
        () => seeded,
      ));

    test('a line that is lost is said to be, and catches up when it is found again', async () => {
      await show(web, '/?unit=gdtx-son-la');
      await web.context.setOffline(true);
      try {
        await web.page.locator('[data-line="lost"]').waitFor({ state: 'attached' });
        expect(await web.page.locator('[data-line="lost"]').textContent()).toContain('Mất kết nối');
        const posted = await seeded.post({
          ...{ specversion: '1.0', id: 'web-more', source: 'urn:gdtx:unit:gdtx-son-la' },
          type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
          data: { class: 'web-k12', occurredOn: '2024-09-06', learners: { total: 1 } },
        });
        expect(posted.body).toMatchObject({ accepted: 1 });
      } finally {
        await web.context.setOffline(false);
      }
      await web.page.locator('[data-line="open"]').waitFor({ state: 'attached' });
      const now = await eventually(async () => (await figureOf(seeded))!, 10_000);
      await present().getByText(shown(now), { exact: false }).first().waitFor();
      // That it was offline stands in the console.
      web.takeErrors();
    }, 90_000);
  });

  describe('taken away', () => takenAway(() => web));
  describe('found by three clicks', () => threeClicks(() => web));
  describe('asked ahead', () =>
    askedAhead(
      () => web,
      () => url,
    ));

  describe('at the door', () => {
    let door: OpenedWeb;
    beforeAll(async () => {
      door = await openWeb(browser);
    });
    afterAll(() => door?.context.close());

    test.each(SIZES)(
      'it holds at $width px, in the dark and in the light',
      async (viewport) => {
        const { page } = door;
        await page.setViewportSize(viewport);
        await page.goto(`${url}/?unit=province-14`);
        for (const [place, asked] of [
          ['door', page.locator('a[href^="/session/sign-in"]')],
          ['choice', page.locator('#demo-inspector')],
        ] as const) {
          await asked.waitFor();
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await keepPicture(page, `${place}-${colorScheme}-${viewport.width}`);
            const axe = await axeViolations(page, colorScheme === 'dark' ? BY_COLOUR : undefined);
            expect([place, colorScheme, axe, await overflow(page)]).toEqual([place, colorScheme, [], 0]);
          }
          if (place === 'door') await asked.click();
        }
        expect(door.takeErrors()).toEqual([]);
      },
      60_000,
    );

    test('whoever signs in comes to the very view that was asked for, and no token is within a script’s reach', async () => {
      await signIn(door, `${url}/?map=then&unit=province-14`, 'demo-province-officer');
      expect(door.page.url()).toBe(`${url}/?map=then&unit=province-14`);
      const reach = await door.page.evaluate<string>(
        'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href, document.referrer])',
      );
      expect(reach).not.toMatch(/eyJ|gdtx-\d/);
      await door.page.getByRole('button', { name: 'Đăng xuất' }).click();
      await door.page.locator('a[href^="/session/sign-in"]').waitFor();
      await door.page.goto(`${url}/`);
      await door.page.locator('a[href^="/session/sign-in"]').waitFor();
    }, 60_000);

    test('the pages’ policy lets nothing in but files from here, and nothing inline', async () => {
      const answer = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; script-src 'self'; style-src 'self'/,
      );
      expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe/);
      expect(await answer.text()).not.toMatch(/<script>|<style|style=|onload=/);
    });
  });
});

/** The learners present at Sơn La's centre, as the platform says. */
async function figureOf(seeded: SeededPlatform): Promise<number | null> {
  return ((await seeded.figure('learners-present', 'gdtx-son-la')) as { value: number | null }).value;
}
