import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@gdtx/testing/eventually';
import type { Browser, Page } from 'playwright-core';
import { startHostilePlatform, type HostilePlatform } from '../hostile/hostile-platform.js';
import { COMMUNITY, event, OURS, THEIRS, type Event } from '../hostile/world.js';
import { installedChromium } from '@gdtx/testing/chromium';
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

/** The screen of reporting in a real browser against a whole platform: who approves months there, and who may not. */

const found = installedChromium();
const described = found ? describe : describe.skip;
if (!found)
  console.log('Approving is not tried in a browser: there is no Chromium on the PATH, and CHROMIUM_PATH names none.');

/** axe and pictures take long on a busy machine. */
jest.setTimeout(240_000);

const MONTH = '2024-09';
const NAME = `Trung tâm ${OURS}`;
const closing = (id: string, unit: string, total: number) =>
  event(id, 'programmes/PeriodClosed', unit, {
    ...{ month: MONTH, controlTotals: [{ indicator: 'learners-enrolled', value: total }] },
  });

described('reporting', () => {
  let on: HostilePlatform;
  let browser: Browser;
  let url: string;
  let officer: OpenedWeb;

  const tell = async (facts: Event[], token = on.tokens.all) => {
    const { body } = await on.post(JSON.stringify(facts), token);
    expect(body).toMatchObject({ refused: 0 });
    const { unit, seq } = body.results.at(-1);
    const service = facts.at(-1)!.type.split('.')[2];
    await eventually(async () => {
      const { status } = await on.get(`/v1/figures?indicator=centres&after=${service}/${unit}/${seq}`);
      if (status !== 200) throw new Error('not yet in the figures');
    }, 60_000);
  };
  const lastEntry = async (ledger: string) => {
    const { body } = await on.get(`/v1/ledgers/${ledger}?from=1`);
    return body.entries.at(-1);
  };
  const line = (page: Page, name: string) => page.locator('li', { has: page.getByRole('link', { name, exact: true }) });

  beforeAll(async () => {
    on = await startHostilePlatform();
    url = on.platform.gatewayUrl;
    // Ours says 40 and told 42; theirs says what it told.
    await tell([closing('close-ours', OURS, 40), closing('close-theirs', THEIRS, 7)]);
    browser = await startBrowser(found!);
    officer = await openWeb(browser, { viewport: SIZES[0] });
    // Whose it is comes into the address: a link shows a colleague the same.
    await signIn(officer, `${url}/reporting?month=${MONTH}`, 'demo-province-officer');
    await officer.page.waitForURL(/unit=province-14/);
    await settled(officer.page);
  }, 420_000);
  afterAll(async () => {
    await browser?.close();
    await on?.stop();
  }, 60_000);

  describe('the officer of a province', () => {
    test('sees the month’s counts, the units, and the totals that differ', async () => {
      const { page } = officer;
      await expect(line(page, NAME).first().textContent()).resolves.toContain('Đã chốt số liệu');
      const totals = page.locator('section', { has: page.locator('#totals') });
      await totals.getByText('+2').waitFor();
      expect(await totals.textContent()).toContain('1 lệch');
      expect(await page.getByText(`Trung tâm ${THEIRS}`).count()).toBe(0);
    });

    test('approves it up to the entry that the question names, and the list says so without a reload', async () => {
      const { page } = officer;
      await page.evaluate('window.untouched = true');
      await page.getByRole('button', { name: `Duyệt: ${NAME}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('đến mục số 3').waitFor();
      expect(await dialog.textContent()).toContain('Sơn La');
      await keepPicture(page, 'reporting-approve-1280');
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Duyệt 1 đơn vị' }).click();
      await dialog.getByText('Đã ghi sổ').waitFor();
      await dialog.getByRole('button', { name: 'Đóng' }).click();
      await line(page, NAME).first().getByText('Sở đã duyệt').waitFor();
      await page.getByRole('button', { name: `Duyệt: ${NAME}` }).waitFor({ state: 'detached' });
      expect(await page.evaluate('window.untouched')).toBe(true);
      expect(await lastEntry(`programmes/${OURS}`)).toMatchObject({
        ...{ seq: 4, type: 'vn.gdtx.programmes.PeriodApproved.v1', source: 'urn:gdtx:unit:province-14' },
        data: { unit: OURS, month: MONTH, upToSeq: 3 },
      });
    });

    test('sees what came after it, and what it changed', async () => {
      const { page } = officer;
      await tell([
        event('late-learners', 'programmes/LearnersEnrolled', OURS, {
          ...{ class: 'k12', occurredOn: '2024-09-20', learners: { total: 5 } },
        }),
      ]);
      await line(page, NAME).first().getByText('Thay đổi sau khi duyệt').waitFor();
      const changed = page.locator('section', { has: page.getByRole('heading', { name: 'Thay đổi sau khi duyệt' }) });
      await changed.getByRole('link', { name: NAME }).click();
      await page.waitForURL(new RegExp(`unit=${OURS}`));
      await changed.getByText('Học viên nhập học', { exact: true }).first().waitFor();
      expect(await changed.textContent()).toContain('+5');
      expect(await changed.textContent()).toMatch(/42\s*47/);
      await settled(page);
      await keepPicture(page, 'reporting-unit-1280');
    });

    test('is told in the platform’s own sentence when it was refused', async () => {
      const { page } = officer;
      await page.getByRole('button', { name: `Duyệt: ${NAME}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('đến mục số 5').waitFor();
      await tell([
        event('reopened', 'programmes/PeriodReopened', 'province-14', { unit: OURS, month: MONTH, reason: 'Thiếu' }),
      ]);
      await dialog.getByRole('button', { name: 'Duyệt 1 đơn vị' }).click();
      await dialog.getByText(`${OURS} has not closed ${MONTH}.`).waitFor();
      expect(await dialog.textContent()).toContain('Chưa nhận');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await line(page, NAME).first().getByText('Chưa chốt số liệu').waitFor();
    });

    test('opens a closed month again, with a reason', async () => {
      const { page } = officer;
      await tell([closing('close-again', OURS, 47)]);
      await page.getByRole('button', { name: `Mở lại: ${NAME}` }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Mở lại' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Lý do').fill('Thiếu một lớp');
      await confirm.click();
      await dialog.getByText('Đã ghi sổ').waitFor();
      await dialog.getByRole('button', { name: 'Đóng' }).click();
      await line(page, NAME).first().getByText('Chưa chốt số liệu').waitFor();
      expect(await lastEntry(`programmes/${OURS}`)).toMatchObject({
        ...{ type: 'vn.gdtx.programmes.PeriodReopened.v1', data: { reason: 'Thiếu một lớp' } },
      });
    });

    test('approves several at once', async () => {
      const { page } = officer;
      await tell([
        closing('close-third', OURS, 47),
        event('close-community', 'community-learning/PeriodClosed', COMMUNITY, { month: MONTH, nothingToReport: true }),
      ]);
      await show(officer, `/reporting?month=${MONTH}&unit=province-14`);
      await page.getByLabel('Chọn cả 2 đơn vị').check();
      await page.getByRole('button', { name: 'Duyệt 2 đơn vị đã chọn' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Duyệt 2 đơn vị' }).click();
      await eventually(async () => expect(await dialog.getByText('Đã ghi sổ').count()).toBe(2), 10_000);
      await dialog.getByRole('button', { name: 'Đóng' }).click();
      expect(await lastEntry(`community-learning/${COMMUNITY}`)).toMatchObject({
        type: 'vn.gdtx.community-learning.PeriodApproved.v1',
      });
      expect(officer.takeErrors()).toEqual([]);
    });
  });

  describe('who may not', () => {
    test.each(['demo-centre-publisher', 'demo-inspector'])('%s sees no way to, and is refused', async (person) => {
      await tell([
        event(`open-${person}`, 'programmes/PeriodReopened', 'vn', { unit: OURS, month: MONTH, reason: 'x' }),
        closing(`close-${person}`, OURS, 47),
      ]);
      const web = await openWeb(browser);
      await signIn(web, `${url}/reporting?month=${MONTH}&unit=${OURS}`, person);
      await settled(web.page);
      await line(web.page, NAME).first().getByText('Đã chốt số liệu').waitFor();
      expect(await web.page.getByRole('button', { name: /^(Duyệt|Mở lại)/ }).count()).toBe(0);
      const fact = event(`sneaked-${person}`, 'programmes/PeriodApproved', 'province-14', {
        ...{ unit: OURS, month: MONTH, upToSeq: 3 },
      });
      const sent = (headers: object) =>
        web.page.evaluate<{ status: number; body: any }>(`fetch('/v1/facts', {
          method: 'POST', credentials: 'same-origin', body: JSON.stringify(${JSON.stringify(fact)}),
          headers: { 'content-type': 'application/json', ...${JSON.stringify(headers)} },
        }).then(async (answer) => ({ status: answer.status, body: await answer.json() }))`);
      expect(await sent({ 'x-gdtx-page': '1' })).toMatchObject({
        ...{ status: 207, body: { accepted: 0, results: [{ refusal: { slug: 'not-allowed' } }] } },
      });
      // What another site sends on their behalf isn't taken at all.
      expect((await sent({})).status).toBe(401);
      await web.context.close();
    });

    test('an officer doesn’t get another province’s months to see', async () => {
      const web = await openWeb(browser);
      await signIn(web, `${url}/reporting?month=${MONTH}&unit=${THEIRS}`, 'demo-province-officer');
      await web.page.getByText('Tài khoản này không được xem số liệu đó.').first().waitFor();
      expect(await web.page.getByRole('button', { name: /^(Duyệt|Mở lại)/ }).count()).toBe(0);
      await web.context.close();
    });
  });

  describe('the calendar', () => {
    test('is walked through by the arrow keys, and a cell opens its month', async () => {
      const { page } = officer;
      await show(officer, '/reporting?unit=province-14&to=2024-12');
      const grid = page.getByRole('grid');
      await grid.locator('[tabindex="0"]').focus();
      expect(await grid.locator('[tabindex="0"]').count()).toBe(1);
      await page.keyboard.press('ArrowDown');
      for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowLeft');
      const name = await page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
      expect(name).toContain('tháng 9/2024');
      await page.getByText(name, { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/month=2024-09/);
      expect(page.url()).toMatch(/unit=/);
      await settled(page);
      expect(officer.takeErrors()).toEqual([]);
    });

    test.each(SIZES)(
      'holds at $width px in the dark, and a month of it too',
      async (viewport) => {
        const web = await openWeb(browser, { viewport, colorScheme: 'dark' });
        await signIn(web, `${url}/reporting?to=2024-12`, 'demo-inspector');
        for (const [name, address] of [
          ['calendar', '/reporting?to=2024-12'],
          ['calendar-units', '/reporting?to=2024-12&unit=province-14'],
          ['month', `/reporting?month=${MONTH}&unit=province-14`],
        ] as const) {
          await show(web, address);
          await keepPicture(web.page, `reporting-${name}-dark-${viewport.width}`);
          const looks = { axe: await axeViolations(web.page), overflow: await overflow(web.page) };
          expect([name, looks]).toEqual([name, { axe: [], overflow: 0 }]);
        }
        expect(web.takeErrors()).toEqual([]);
        await web.context.close();
      },
      240_000,
    );
  });
});
