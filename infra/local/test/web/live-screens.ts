import { expect, test } from '@jest/globals';
import type { SeededPlatform } from '../seeds/seeded-platform.js';
import { show, type OpenedWeb } from './opened-web.js';

const SON_LA = 'gdtx-son-la';
const SAO_DO = 'tthtcd-sao-do';
const THIS_YEAR = new Date().getUTCFullYear();

interface Told {
  screen: string;
  address: string;
  service: string;
  name: string;
  unit: string;
  data: Record<string, unknown>;
  /** Where it is to be seen, and what. */
  at: string;
  seen: string;
}

/** On each screen that shows figures: a fact that changes one, and what is to be seen then. */
const TOLD: readonly Told[] = [
  {
    ...{ screen: 'a figure', address: `/figure?indicator=staff&unit=${SON_LA}`, at: '#content', seen: '4.011' },
    ...{ service: 'centres', name: 'StaffingReported', unit: SON_LA, data: { reportedOn: '2024-01-05', total: 4011 } },
  },
  {
    ...{ screen: 'a ranking', address: '/map?indicator=staff&unit=province-14&by=centre', at: 'table', seen: '4.012' },
    ...{ service: 'centres', name: 'StaffingReported', unit: SON_LA, data: { reportedOn: '2024-02-05', total: 4012 } },
  },
  {
    ...{ screen: 'the map', address: '/map?indicator=staff', at: 'table', seen: '4.013' },
    ...{ service: 'centres', name: 'StaffingReported', unit: SON_LA, data: { reportedOn: '2024-03-05', total: 4013 } },
  },
  {
    ...{ screen: 'a unit', address: `/units/${SON_LA}`, at: '#content', seen: '4.014' },
    ...{ service: 'centres', name: 'StaffingReported', unit: SON_LA, data: { reportedOn: '2024-04-05', total: 4014 } },
  },
  {
    ...{
      screen: 'a unit’s ratings',
      address: `/units/${SON_LA}`,
      at: '#content',
      seen: 'Hoàn thành xuất sắc nhiệm vụ',
    },
    ...{ service: 'centres', name: 'RatingGiven', unit: 'province-14' },
    data: {
      ...{ centre: SON_LA, year: 2023, rating: 'excellent', ratedOn: '2023-12-20' },
      ratedBy: { body: 'Sở GDĐT Sơn La', of: 'province-14' },
    },
  },
  {
    ...{ screen: 'community learning', address: `/community-learning?unit=${SAO_DO}`, at: 'article', seen: '4.015' },
    ...{ service: 'community-learning', name: 'TopicHeld', unit: SAO_DO },
    data: {
      ...{ topic: 'live-1', title: 'Phòng cháy', heldOn: `${THIS_YEAR}-01-02`, meetings: 1 },
      attendances: { total: 4015 },
    },
  },
  {
    ...{ screen: 'a month of reports', address: `/reporting?month=2024-08&unit=${SON_LA}`, at: 'li' },
    ...{ service: 'programmes', name: 'PeriodClosed', unit: SON_LA, data: { month: '2024-08', nothingToReport: true } },
    seen: 'Đã chốt số liệu',
  },
];

/** A fact that is published while a screen is open is on it, without a reload. */
export function liveOnEachScreen(opened: () => OpenedWeb, seeded: () => SeededPlatform): void {
  test.each(TOLD.map((told) => [told.screen, told] as const))(
    '%s',
    async (_, { address, service, name, unit, data, at, seen }) => {
      const { page } = opened();
      const { post } = seeded();
      await show(opened(), address);
      await page.evaluate('window.untouched = true');
      const place = page.locator(at, { hasText: seen });
      expect(await place.count()).toBe(0);
      const fact = {
        ...{ specversion: '1.0', id: `live-${address}-${name}`, source: `urn:gdtx:unit:${unit}` },
        ...{ type: `vn.gdtx.${service}.${name}.v1`, data },
      };
      expect((await post(fact)).body).toMatchObject({ accepted: 1, refused: 0 });
      await place.first().waitFor();
      expect(await page.evaluate('window.untouched')).toBe(true);
      expect(opened().takeErrors()).toEqual([]);
    },
    60_000,
  );

  test('a founding, of which only the registry tells, is in the count of centres', async () => {
    const { page } = opened();
    const { post, figure } = seeded();
    const { value } = await figure('centres', 'province-14');
    await show(opened(), '/?unit=province-14');
    const count = page.locator('article', { hasText: 'Số trung tâm GDTX' }).locator('p').first();
    expect(await count.innerText()).toMatch(new RegExp(`^${value}\\b`));
    const fact = {
      ...{ specversion: '1.0', id: 'live-founded', source: 'urn:gdtx:unit:vn' },
      type: 'vn.gdtx.centres.CentreEstablished.v1',
      data: {
        centre: 'gdtx-live',
        kind: 'gdtx',
        seat: 'province-14',
        name: { vi: 'GDTX mới' },
        establishedOn: '2024-01-01',
      },
    };
    expect((await post(fact)).body).toMatchObject({ accepted: 1 });
    await count.getByText(String(value + 1), { exact: true }).waitFor();
    expect(opened().takeErrors()).toEqual([]);
  }, 60_000);
}
