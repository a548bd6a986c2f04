import { expect, test } from '@jest/globals';
import type { OfferState } from './offer-state.js';
import { offerView } from './offer-view.js';

const programme = (id: string, type: string, forms: string[]) => ({
  id,
  type,
  from: null,
  until: null,
  forms,
  identity: id,
  said: { programme: id, type },
});
const offer: OfferState = {
  programmes: [
    programme('luat', 'linked-degree', ['in-service', 'distance']),
    programme('thpt', 'upper-secondary', []),
  ],
  reportedOn: ['2022-02-16'],
  report: { day: '2022-02-16', said: { openTypes: ['linked-degree'] } },
};
const ids = (wanted: object) => offerView(offer, wanted).items.map((item) => (item as { programme: string }).programme);

test('an offer is shown with its names and its newest report', () => {
  expect(offerView(offer, {})).toEqual({
    items: [
      expect.objectContaining({
        programme: 'luat',
        typeName: { vi: 'Liên kết đào tạo cấp bằng', en: 'Linked degree courses' },
        days: { from: null, until: null },
      }),
      expect.objectContaining({ programme: 'thpt' }),
    ],
    report: { openTypes: ['linked-degree'] },
  });
});

test('programmes are chosen by type and form', () => {
  expect([
    ids({ form: 'distance' }),
    ids({ type: 'upper-secondary' }),
    ids({ type: 'upper-secondary', form: 'distance' }),
  ]).toEqual([['luat'], ['thpt'], []]);
});

test('of a centre that reported nothing there is nothing', () => {
  expect(offerView(undefined, {})).toEqual({ items: [] });
});
