import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Browser } from 'playwright-core';
import { startSeededPlatform, type SeededPlatform } from '../seeds/seeded-platform.js';
import { installedChromium } from './chromium.js';
import {
  axeViolations,
  keepPicture,
  openWeb,
  overflow,
  settled,
  show,
  signIn,
  SIZES,
  startBrowser,
  type OpenedWeb,
} from './opened-web.js';
import { SCREENS } from './screens.js';

/** The web application in a real browser against a whole platform: what each screen must hold, and what is live on it. */

// Every screen in both languages and sizes takes a browser many minutes on two cores: asked for, not part of every run.
const asked = process.env['TRY_SCREENS'] === '1';
const found = asked ? installedChromium() : undefined;
const described = found ? describe : describe.skip;
if (!asked)
  console.log('The screens are not tried: TRY_SCREENS=1 npm test -- infra/local/test/web does, in a browser.');
else if (!found)
  console.log('The screens are not tried: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');

described('the web application', () => {
  let seeded: SeededPlatform;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    seeded = await startSeededPlatform('web');
    url = seeded.platform.gatewayUrl;
    browser = await startBrowser(found!);
  }, 420_000);
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  }, 60_000);

  describe('every screen', () => {
    let web: OpenedWeb;
    beforeAll(async () => {
      web = await openWeb(browser, { viewport: SIZES[0] });
      await signIn(web, url, 'demo-inspector');
    }, 60_000);
    afterAll(() => web?.context.close());

    test.each(SCREENS.flatMap(([name, address]) => ['vi', 'en'].map((language) => ({ name, address, language }))))(
      '$name in $language, on a desk and on a phone',
      async ({ name, address, language }) => {
        const asked = new URL(address, url);
        if (language === 'en') asked.searchParams.set('lang', 'en');
        await web.page.setViewportSize(SIZES[0]);
        await show(web, asked.href);
        expect(await web.page.locator('html').getAttribute('lang')).toBe(language);
        for (const size of SIZES) {
          await web.page.setViewportSize(size);
          await keepPicture(web.page, `${name}-${language}-${size.width}`);
          const found = { axe: await axeViolations(web.page), overflow: await overflow(web.page) };
          expect([size.width, found]).toEqual([size.width, { axe: [], overflow: 0 }]);
        }
        expect(web.takeErrors()).toEqual([]);
      },
      60_000,
    );
  });

  describe('at the door', () => {
    test.each(SIZES)(
      'it holds at $width px, in the dark and in the light',
      async (viewport) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const web = await openWeb(browser, { viewport, colorScheme });
          await web.page.goto(`${url}/?unit=province-14`);
          await web.page.locator('a[href^="/session/sign-in"]').waitFor();
          await keepPicture(web.page, `door-${colorScheme}-${viewport.width}`);
          expect(await axeViolations(web.page)).toEqual([]);
          expect(await overflow(web.page)).toBe(0);
          await web.page.locator('a[href^="/session/sign-in"]').click();
          await web.page.locator('#demo-inspector').waitFor();
          await keepPicture(web.page, `choice-${colorScheme}-${viewport.width}`);
          expect(await axeViolations(web.page)).toEqual([]);
          expect(web.takeErrors()).toEqual([]);
          await web.context.close();
        }
      },
      120_000,
    );

    test('whoever signs in comes to the very view that was asked for, and no token is within a script’s reach', async () => {
      const web = await openWeb(browser);
      await signIn(web, `${url}/?map=then&unit=province-14`, 'demo-province-officer');
      expect(web.page.url()).toBe(`${url}/?map=then&unit=province-14`);
      const reach = await web.page.evaluate<string>(
        'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href, document.referrer])',
      );
      expect(reach).not.toMatch(/eyJ|gdtx-\d/);
      await web.page.getByRole('button', { name: 'Đăng xuất' }).click();
      await web.page.locator('a[href^="/session/sign-in"]').waitFor();
      await web.page.goto(`${url}/`);
      await web.page.locator('a[href^="/session/sign-in"]').waitFor();
      await web.context.close();
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

  describe('live', () => {
    test('a fact that is published while the page is open is on it without a reload', async () => {
      const web = await openWeb(browser);
      await signIn(web, `${url}/?unit=gdtx-son-la`, 'demo-inspector');
      await settled(web.page);
      const present = web.page.locator('article', { hasText: 'Số học viên đang theo học' });
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
      const after = new Intl.NumberFormat('vi-VN').format((before ?? 0) + 1234);
      await present.getByText(after, { exact: false }).first().waitFor();
      await web.page.locator('ol[aria-live] li').first().waitFor();
      expect(await web.page.evaluate('window.untouched')).toBe(true);
      expect(web.takeErrors()).toEqual([]);
      await web.context.close();
    }, 60_000);

    test('a line that is lost is said to be, and catches up when it is found again', async () => {
      const web = await openWeb(browser);
      await signIn(web, `${url}/?unit=gdtx-son-la`, 'demo-inspector');
      await settled(web.page);
      await web.context.setOffline(true);
      await web.page.locator('[data-line="lost"]').waitFor({ state: 'attached' });
      expect(await web.page.locator('[data-line="lost"]').textContent()).toContain('Mất kết nối');
      const posted = await seeded.post({
        ...{ specversion: '1.0', id: 'web-more', source: 'urn:gdtx:unit:gdtx-son-la' },
        type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
        data: { class: 'web-k12', occurredOn: '2024-09-06', learners: { total: 1 } },
      });
      expect(posted.body).toMatchObject({ accepted: 1 });
      await web.context.setOffline(false);
      await web.page.locator('[data-line="open"]').waitFor({ state: 'attached' });
      const now = await eventually(async () => (await figureOf(seeded))!, 10_000);
      const present = web.page.locator('article', { hasText: 'Số học viên đang theo học' });
      await present.getByText(new Intl.NumberFormat('vi-VN').format(now), { exact: false }).first().waitFor();
      await web.context.close();
    }, 90_000);
  });

  describe('by the keyboard alone', () => {
    test('one gets to the content, through the screens and the switches', async () => {
      const web = await openWeb(browser);
      await signIn(web, `${url}/`, 'demo-inspector');
      await settled(web.page);
      await web.page.keyboard.press('Tab');
      expect(await focused(web)).toBe('a.skip');
      const reached = new Set<string>();
      for (let i = 0; i < 60; i += 1) {
        await web.page.keyboard.press('Tab');
        reached.add(await focused(web));
      }
      expect([...reached]).toEqual(
        expect.arrayContaining(['select#lens-map', 'select#lens-known', 'a.nav', 'button.me']),
      );
      await web.page.locator('#lens-map').focus();
      await web.page.keyboard.press('ArrowDown');
      await web.page.waitForURL(/map=then/);
      await web.context.close();
    }, 60_000);
  });

  test('with less motion asked for, nothing moves', async () => {
    const web = await openWeb(browser, { reducedMotion: 'reduce', colorScheme: 'dark' });
    await signIn(web, `${url}/`, 'demo-inspector');
    await settled(web.page);
    const longest = await web.page.evaluate<number>(`Math.max(...[...document.querySelectorAll('*')].flatMap((each) => {
      const { animationDuration, transitionDuration } = getComputedStyle(each);
      return [parseFloat(animationDuration), parseFloat(transitionDuration)];
    }))`);
    expect(longest).toBeLessThan(0.01);
    expect(await axeViolations(web.page)).toEqual([]);
    await keepPicture(web.page, 'today-dark-1280');
    await web.context.close();
  }, 60_000);
});

/** The learners present at Sơn La's centre, as the platform says. */
async function figureOf(seeded: SeededPlatform): Promise<number | null> {
  return ((await seeded.figure('learners-present', 'gdtx-son-la')) as { value: number | null }).value;
}

/** What has the focus: its element, with its id, or the last word of a class of our own. */
async function focused({ page }: OpenedWeb): Promise<string> {
  return page.evaluate<string>(`(() => {
    const at = document.activeElement;
    const parent = at.parentElement?.className.split(' ')[0] ?? '';
    const own = /_(skip)_/.exec(at.className)?.[1] ?? /_(nav|me)_/.exec(parent)?.[1];
    return at.id ? at.localName + '#' + at.id : own ? at.localName + '.' + own : at.localName;
  })()`);
}
