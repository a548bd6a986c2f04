import { describe, expect, test } from '@jest/globals';
import { isWithin } from '@gdtx/territory/within';
import { EVERY, MINISTRY, OFFICE } from '../test/told.js';
import { world } from '../test/world.js';
import {
  concernsFinding,
  concernsOrder,
  concernsRecommendation,
  concernsVisit,
  speakerFor,
  type Reader,
} from './concern.js';
import type { FindingState, InspectionState, PartyState, RecommendationState, VisitState } from './states.js';

const registry = world.registry!;
const today = world.today!;

/** Whoever has this unit in its token. */
const reader = (unit: string): Reader => ({
  units: [unit],
  mayRead: (other) => isWithin(registry, other, [unit], today),
  registry,
  today,
});
const who = (concerns: (reader: Reader) => boolean, units: string[]) => units.filter((unit) => concerns(reader(unit)));

const ALL = [
  'vn',
  'province-14',
  'province-31-2025',
  'commune-10546-2025',
  'gdnn-gdtx-chi-linh',
  'gdtx-son-la',
  'tthtcd-chi-linh',
  'tthtcd-sao-do',
];
const CHI_LINH = ['vn', 'province-31-2025', 'commune-10546-2025'];

const visit: VisitState = {
  id: 'chi-linh',
  ledger: 'vn',
  kind: 'inspection',
  occurredOn: '2022-04-02',
  authority: MINISTRY,
  level: 'ministry',
  units: ['gdnn-gdtx-chi-linh'],
  place: 'gdnn-gdtx-chi-linh',
  participants: [],
  findings: [],
  recommendations: {},
};

test('who speaks in the name of a unit that has ended knows what those who came after it may read', () => {
  const knows = (source: string, unit: string) => speakerFor(source, registry, today).mayRead(unit);
  expect(knows('province-30', 'tthtcd-sao-do')).toBe(true);
  expect(knows('tthtcd-pha-lai', 'tthtcd-chi-linh')).toBe(true);
  expect(knows('province-30', 'province-14')).toBe(false);
});

describe('whom it concerns', () => {
  test('of an order: who gave it, and who is to be inspected', () => {
    const order = (subjects: PartyState[]) => (asks: Reader) =>
      concernsOrder({ ledger: 'vn', orderedOn: '2022-03-01', subjects } as unknown as InspectionState, asks);
    expect(who(order([]), ALL)).toEqual(['vn']);
    expect(who(order([{ unit: 'gdtx-son-la' }]), ALL)).toEqual(['vn', 'province-14', 'gdtx-son-la']);
  });

  test('of a visit: who made it, who was visited, and who sees to them', () => {
    expect(who((asks) => concernsVisit(visit, asks), ALL)).toEqual([...CHI_LINH, 'gdnn-gdtx-chi-linh']);
  });

  test('of a finding: whom it is about, else everybody who was visited', () => {
    const finding = (about: PartyState[]) => (asks: Reader) =>
      concernsFinding({ ledger: 'vn', about } as unknown as FindingState, visit, asks);
    expect(who(finding([]), ALL)).toEqual([...CHI_LINH, 'gdnn-gdtx-chi-linh']);
    expect(who(finding([{ unit: 'tthtcd-sao-do' }]), ALL)).toEqual([...CHI_LINH, 'tthtcd-sao-do']);
  });

  test('of a recommendation: who issued it, where it counts, who may answer for it, and who sees to those', () => {
    const recommendation =
      (addressees: PartyState[], place = 'vn') =>
      (asks: Reader) =>
        concernsRecommendation(
          { ledger: 'vn', place, addressees, issuedOn: '2022-04-02' } as unknown as RecommendationState,
          asks,
        );
    expect(who(recommendation([{ every: EVERY }]), ALL)).toEqual([...CHI_LINH, 'tthtcd-chi-linh', 'tthtcd-sao-do']);
    expect(who(recommendation([{ body: OFFICE }]), ALL)).toEqual([
      ...CHI_LINH,
      'gdnn-gdtx-chi-linh',
      'tthtcd-chi-linh',
      'tthtcd-sao-do',
    ]);
    expect(who(recommendation([{ body: MINISTRY }], 'gdtx-son-la'), ALL)).toEqual(['vn', 'province-14', 'gdtx-son-la']);
  });
});
