import { describe, expect, test } from '@jest/globals';
import type { TestFact } from '@gdtx/testing/given';
import { centre, withCentre } from '../../test/world.js';
import type { CommunityCentrePage } from '../page.js';

const PAGE = 'community-centre:tthtcd-1';
const says =
  (name: string, base: object) =>
  (data: object = {}, source = 'tthtcd-1'): TestFact => ({ name, source, data: { ...base, ...data } });

const survey = says('NeedsSurveyed', { surveyedOn: '2024-01-20', people: { total: 310, female: 170 } });

describe('needs are surveyed', () => {
  test('and the page shows the latest survey', () => {
    const when = withCentre([survey()]).when(survey({ surveyedOn: '2023-01-20', people: { total: 5 } }));
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>(PAGE)!.needs).toEqual({
      day: '2024-01-20',
      reportedOn: '2024-01-20',
      people: { total: 310, female: 170 },
    });
  });

  test.each([
    ['of nobody', { people: { total: 0 } }, 'malformed', 'data.people'],
    ['of more women than people', { people: { total: 1, female: 2 } }, 'malformed', 'data.people.female'],
    ['tomorrow', { surveyedOn: '2026-01-16' }, 'in-future', 'data.surveyedOn'],
    ['before the centre was known', { surveyedOn: '2022-04-01' }, 'unit-not-yet', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(survey(data)).refused()).toMatchObject({ slug, path });
  });

  test('not by a commune', () => {
    expect(withCentre().when(survey({}, 'commune-10546')).refused()).toMatchObject({ slug: 'wrong-kind' });
  });
});

const plan = says('PlanAdopted', { year: 2024, adoptedOn: '2024-01-31', topics: 24 });

describe('a plan is adopted', () => {
  test('and stands on the page by its year', () => {
    const when = withCentre([plan()]).when(
      plan({ year: 2025, adoptedOn: '2024-12-20', topics: 30, legalBasis: [{ number: '05/KH' }] }),
    );
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state<CommunityCentrePage>(PAGE)!.plans).toEqual({
      2024: { adoptedOn: '2024-01-31', topics: 24 },
      2025: { adoptedOn: '2024-12-20', topics: 30, legalBasis: [{ number: '05/KH' }] },
    });
  });

  test('once a year: an amended one is a correction', () => {
    const again = withCentre([plan()]).when(plan({ adoptedOn: '2024-06-30', topics: 12 }));
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.year' });
  });

  test.each([
    ['two years ahead', { year: 2026 }, 'year-mismatch', 'data.year'],
    ['when its year is over', { year: 2023 }, 'year-mismatch', 'data.year'],
    ['of no topic', { topics: 0 }, 'malformed', 'data.topics'],
    ['tomorrow', { adoptedOn: '2026-01-16', year: 2026 }, 'in-future', 'data.adoptedOn'],
    ['before the centre was known', { adoptedOn: '2022-04-01', year: 2022 }, 'unit-not-yet', 'source'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(plan(data)).refused()).toMatchObject({ slug, path });
  });
});

const topic = says('TopicHeld', {
  topic: 'lua',
  title: 'Trồng lúa',
  heldOn: '2024-03-12',
  meetings: 3,
  attendances: { total: 126, female: 70 },
});

describe('a topic is held', () => {
  test('and is kept by its host, with the year’s sums', () => {
    const organiser = { body: { body: 'Hội Nông dân', of: 'commune-10546' } };
    const when = withCentre([topic()]).when(
      topic({ topic: 'dien', heldOn: '2024-04-01', meetings: 1, hours: 2.5, attendances: { total: 40 }, organiser }),
    );
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state('topic:tthtcd-1/dien')).toEqual({
      topic: 'dien',
      title: 'Trồng lúa',
      heldOn: '2024-04-01',
      meetings: 1,
      hours: 2.5,
      attendances: { total: 40 },
      organiser,
    });
    expect(when.state('topic:tthtcd-1/lua')).not.toHaveProperty('hours');
    const sums = when.state<CommunityCentrePage>(PAGE)!.topics;
    expect(sums).toEqual({ 2024: { held: 2, meetings: 4, attendances: 166 } });
  });

  test.each([
    ['a unit', { unit: 'gdnn-gdtx-chi-linh' }],
    ['another community centre', { unit: 'tthtcd-2' }],
    ['the host itself', { unit: 'tthtcd-1' }],
  ])('by %s', (_, organiser) => {
    const when = withCentre([centre('tthtcd-2', '10576')]).when(topic({ organiser }));
    expect(when.accepted()).toBe('tthtcd-1');
    expect(when.state('topic:tthtcd-1/lua')).toMatchObject({ organiser });
  });

  test('once by each host, whose ids don’t meet', () => {
    const again = withCentre([topic()]).when(topic({ heldOn: '2025-03-12' }));
    expect(again.refused()).toMatchObject({ slug: 'exists-already', path: 'data.topic' });
    withCentre([topic(), centre('tthtcd-2', '10576')])
      .when(topic({}, 'tthtcd-2'))
      .accepted();
  });

  test.each([
    ['without a meeting', { meetings: 0 }, 'malformed', 'data.meetings'],
    ['in no time', { hours: 0 }, 'malformed', 'data.hours'],
    ['for more hours than its meetings’ days have', { hours: 73 }, 'more-than-a-day', 'data.hours'],
    ['tomorrow', { heldOn: '2026-01-16' }, 'in-future', 'data.heldOn'],
    ['before the centre was known', { heldOn: '2022-04-01' }, 'unit-not-yet', 'source'],
    ['by nobody known', { organiser: { unit: 'nobody' } }, 'unit-unknown', 'data.organiser.unit'],
    [
      'by one that has no such day',
      { organiser: { unit: 'commune-10546-2025' } },
      'unit-not-yet',
      'data.organiser.unit',
    ],
    [
      'by an office of nobody known',
      { organiser: { body: { body: 'Hội', of: 'nobody' } } },
      'unit-unknown',
      'data.organiser.body.of',
    ],
    ['by every unit of a kind', { organiser: { every: { kind: 'commune', in: 'vn' } } }, 'malformed', 'data.organiser'],
  ])('not %s', (_, data, slug, path) => {
    expect(withCentre().when(topic(data)).refused()).toMatchObject({ slug, path });
  });

  test('not by who organised it elsewhere: only its host reports it', () => {
    const organiser = withCentre().when(topic({}, 'gdnn-gdtx-chi-linh'));
    expect(organiser.refused()).toMatchObject({ slug: 'wrong-kind', path: 'source' });
  });
});
