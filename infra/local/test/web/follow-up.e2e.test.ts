import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Browser } from 'playwright-core';
import { startSeededPlatform, type SeededPlatform } from '../seeds/seeded-platform.js';
import { installedChromium } from '@gdtx/testing/chromium';
import { openWeb, settled, signIn, startBrowser, type OpenedWeb } from './opened-web.js';

/** Inspections, their follow-up and community learning in a real browser, tried as their users would. */

const found = installedChromium();
/** With two cores that others use too, a page may take long. */
const PATIENCE_MS = 60_000;
const TEST_MS = 300_000;
const described = found ? describe : describe.skip;
if (!found)
  console.log('Follow-up is not tried in a browser: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');

described('follow-up in the web application', () => {
  let seeded: SeededPlatform;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    seeded = await startSeededPlatform('web-follow-up');
    url = seeded.platform.gatewayUrl;
    browser = await startBrowser(found!);
  }, 420_000);
  afterAll(async () => {
    await browser?.close();
    await seeded?.stop();
  }, 60_000);

  /** Each person signs in once, in a window of their own. */
  const opened = new Map<string, OpenedWeb>();
  const as = async (person: string, address = '/'): Promise<OpenedWeb> => {
    const known = opened.get(person);
    const web = known ?? (await openWeb(browser));
    if (known) await web.page.goto(url + address);
    else {
      web.page.setDefaultTimeout(PATIENCE_MS);
      await signIn(web, url + address, person);
    }
    opened.set(person, web);
    return web;
  };
  const card = (web: OpenedWeb, id: string) => web.page.locator(`[data-recommendation="${id}"]`);

  test(
    'the six recommendations of 2022 and their state are one click from the first screen',
    async () => {
      const web = await as('demo-inspector');
      await web.page.locator('nav a[href^="/inspections"]').click();
      const ofChiLinh = web.page.locator('[data-of-visit="chi-linh-2022-04-02"]');
      await ofChiLinh.waitFor();
      const cards = ofChiLinh.locator('[data-recommendation]');
      expect(await cards.count()).toBe(6);
      expect(await ofChiLinh.locator('h3').textContent()).toContain('2/4/2022');
      for (const text of await cards.allTextContents()) {
        expect(text).toContain('Phòng GDĐT thành phố Chí Linh');
        expect(text).toContain('Chưa thực hiện');
      }
      // The year narrows the list, and stands in the address.
      await web.page.getByLabel('Năm', { exact: true }).selectOption('2022');
      await web.page.waitForURL(/from=2022-01&to=2022-12/);
      // The address comes before the list that it asks for.
      await eventually(async () => {
        expect(await web.page.locator('[data-recommendation]').count()).toBe(6);
      }, PATIENCE_MS);
      await settled(web.page);
      expect(web.takeErrors()).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'each figure that a recommendation aims at is there before and after, and one that nobody reported says so',
    async () => {
      const web = await as('demo-inspector', '/inspections?from=2022-01&to=2022-12');
      const aim = card(web, 'chi-linh-2022-5').locator('[data-indicator="community-computers"]');
      await aim.locator('dd a').nth(1).waitFor();
      const figure = await seeded.figure('community-computers', 'district-290', { on: '2022-04-02' });
      const told = figure.value === null ? 'chưa có số liệu' : new Intl.NumberFormat('vi-VN').format(figure.value);
      expect(await aim.locator('dd').first().textContent()).toContain(told);
      expect(await aim.textContent()).toContain('2/4/2022');
      await aim.locator('dd a').first().click();
      await web.page.waitForURL(/\/figure\?.*unit=district-290.*indicator=community-computers/);
    },
    TEST_MS,
  );

  test(
    'the list as CSV and as XLSX holds the same recommendations',
    async () => {
      const web = await as('demo-inspector', '/inspections?from=2022-01&to=2022-12');
      const link = (format: string) =>
        web.page
          .locator(`main a[download][href^="/v1/recommendations"][href*="format=${format}"]`)
          .getAttribute('href');
      const { body } = await seeded.get((await link('csv'))!);
      expect(body.trim().split('\r\n')).toHaveLength(7);
      expect((await seeded.get((await link('xlsx'))!)).status).toBe(200);
      expect(body).toContain('chi-linh-2022-6');
    },
    TEST_MS,
  );

  describe('progress', () => {
    test(
      'is reported by a ward’s officer of what its city was asked, and is on the page with its receipt',
      async () => {
        const web = await as('demo-commune-officer', '/inspections');
        const of2 = card(web, 'chi-linh-2022-2');
        await of2.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
        expect(await of2.getByRole('button', { name: 'Kết thúc kiến nghị' }).count()).toBe(0);
        await of2.getByLabel('Đã làm được gì').fill('Đã kiện toàn ban giám đốc các TTHTCĐ của phường.');
        await of2.getByLabel('Thay mặt').selectOption('commune-10546-2025');
        await of2.getByRole('button', { name: 'Ghi vào sổ' }).click();
        await of2.getByText('Đã ghi sổ.').waitFor();
        expect(await of2.textContent()).toMatch(/inspections\/vn.*[0-9a-f]{64}/);
        await of2.getByText('Đã kiện toàn ban giám đốc các TTHTCĐ của phường.').waitFor();
        await of2.getByText('Đang thực hiện', { exact: true }).waitFor();
        const { body } = await seeded.get('/v1/inspections/recommendations/chi-linh-2022-2');
        expect(body.progress).toMatchObject([{ by: 'commune-10546-2025', state: 'in-progress' }]);
        expect(web.takeErrors()).toEqual([]);
      },
      TEST_MS,
    );

    test(
      'what the platform doesn’t take is said in its own sentence, and nothing is recorded',
      async () => {
        const web = await as('demo-commune-officer', '/inspections');
        const of3 = card(web, 'chi-linh-2022-3');
        await of3.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
        await of3.getByLabel('Đã làm được gì').fill('Trước khi được kiến nghị.');
        // The form keeps days to those that can be; another page may not.
        const day = of3.getByLabel('Ngày báo cáo', { exact: true });
        const today = await day.inputValue();
        await day.fill('1/1/2022');
        await of3.getByRole('button', { name: 'Ghi vào sổ' }).click();
        await of3.getByRole('alert').getByText('25/9/2018').waitFor();
        await day.fill(today);
        await day.blur();
        await of3.getByRole('alert').waitFor({ state: 'detached' });
        await web.page.route('**/v1/facts', (route) => {
          const said = route.request().postData()!;
          return route.continue({ postData: said.replace(/(?<="reportedOn":")[^"]+/, '2022-01-01') });
        });
        await of3.getByRole('button', { name: 'Ghi vào sổ' }).click();
        await of3.getByText('Chưa nhận, cần sửa:').waitFor();
        expect(await of3.getByRole('alert').textContent()).toMatch(/2022-01-01/);
        const { body } = await seeded.get('/v1/inspections/recommendations/chi-linh-2022-3');
        expect(body.progress).toEqual([]);
      },
      TEST_MS,
    );

    test(
      'who may not doesn’t see the form, and is refused',
      async () => {
        for (const person of ['demo-registrar', 'demo-operator']) {
          const web = await as(person, '/inspections');
          await card(web, 'chi-linh-2022-1').waitFor();
          await web.page.waitForLoadState('networkidle').catch(() => undefined);
          expect([person, await web.page.getByRole('button', { name: /Báo cáo tiến độ|Kết thúc/ }).count()]).toEqual([
            person,
            0,
          ]);
          const answer = await web.page.evaluate<{ status: number; body: any }>(`fetch('/v1/facts', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-gdtx-page': '1' },
          body: JSON.stringify({
            specversion: '1.0', id: 'not-mine-${person}', source: 'urn:gdtx:unit:commune-10546-2025',
            type: 'vn.gdtx.inspections.ProgressReported.v1',
            data: { recommendation: 'chi-linh-2022-1', reportedOn: '2026-01-10', text: 'x', state: 'done' },
          }),
        }).then(async (answer) => ({ status: answer.status, body: await answer.json() }))`);
          expect(answer.body.results).toMatchObject([{ status: 'refused', refusal: { slug: 'not-allowed' } }]);
        }
        // A centre elsewhere isn't even shown it.
        const web = await as('demo-centre-publisher', '/inspections');
        expect(await web.page.locator('[data-recommendation]').count()).toBe(0);
      },
      TEST_MS,
    );

    test(
      'the ministry closes what it asked for, and the line of another reader tells of it',
      async () => {
        const other = await as('demo-registrar', '/inspections');
        const web = await as('demo-inspector', '/inspections');
        const of6 = card(web, 'chi-linh-2022-6');
        await of6.getByRole('button', { name: 'Kết thúc kiến nghị' }).click();
        await of6.getByRole('button', { name: 'Ghi vào sổ' }).click();
        await of6.getByText('Đã thực hiện', { exact: true }).first().waitFor();
        await card(other, 'chi-linh-2022-6').getByText('Đã thực hiện', { exact: true }).first().waitFor();
        await eventually(async () => {
          const figure = await seeded.figure('recommendations-closed', 'district-290');
          expect(figure.value).toBe(1);
        });
      },
      TEST_MS,
    );
  });

  test(
    'how many community centres Chí Linh had in 2022, and where they lie today, is three clicks away',
    async () => {
      const web = await as('demo-inspector');
      await web.page.locator('nav a[href^="/units"]').click();
      await web.page.getByRole('searchbox').fill('Thành phố Chí Linh');
      await web.page.getByRole('button', { name: 'Tìm' }).click();
      await web.page.locator('a[href^="/units/district-290"]').click();
      const table = web.page.locator('[data-where-today]');
      await table.waitFor();
      const heads = await table.locator('thead th').allTextContents();
      const whole = await table.locator('tbody tr').first().locator('th, td').allTextContents();
      expect(whole[heads.indexOf('2022')]).toBe('19');
      const rows = await seeded.rows('community-centres', 'district-290', { on: '2022-12-31', by: 'commune' });
      expect(Object.values(rows).reduce((sum, value) => sum! + value!, 0)).toBe(19);
      for (const key of Object.keys(rows)) {
        const row = table.locator('tbody tr').filter({ has: web.page.locator(`a[href^="/units/${key}"]`) });
        expect((await row.locator('td').allTextContents())[heads.indexOf('2022')]).toBe(String(rows[key]));
      }
    },
    TEST_MS,
  );

  test(
    'community learning: places are ranked by the figure that the address names, and each figure opens',
    async () => {
      const web = await as('demo-inspector', '/community-learning');
      await web.page.getByLabel('Xếp theo').selectOption('topics-held');
      await web.page.waitForURL(/indicator=topics-held/);
      await settled(web.page);
      await web.page.locator('article h2 a[href^="/figure?indicator=attendances"]').waitFor();
      expect(await web.page.locator('article', { hasText: 'lượt người' }).textContent()).not.toContain('học viên');
      await web.page.locator('[data-indicator="learning-families"] a').click();
      await web.page.waitForURL(/\/figure\?.*indicator=learning-families/);
      expect(web.takeErrors()).toEqual([]);
    },
    TEST_MS,
  );
});
