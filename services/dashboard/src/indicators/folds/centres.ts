import {
  AwardReceived,
  CampusesReported,
  DepartmentsReported,
  PartnershipsReported,
  RatingGiven,
  StaffingReported,
} from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import type { GivenDate } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { firstDay, type Day } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';
import { CENTRE_RATINGS, STAFF_GROUPS } from '../labels.js';
import { accreditationFolds } from './accreditation.js';
import { factFold, recordedDay, yearEnd, type FactFold, type FoldEntry } from './fold.js';
import { elsewhere, flowOf, levelOf, monthOf, oneOf, precisionCode } from './parts.js';

const SERVICE = 'centres';
const RATINGS = Object.keys(CENTRE_RATINGS);

const dayOf = (date: GivenDate | undefined, entry: FoldEntry): Day => firstDay(date) || recordedDay(entry);

type StaffGroup = Exclude<keyof typeof STAFF_GROUPS, ''>;
const GROUPS = Object.keys(STAFF_GROUPS).filter((group): group is StaffGroup => group !== '');

/** All that the service `centres` reports; its registry facts are in the registry. */
export const centresFolds: readonly FactFold[] = [
  factFold(SERVICE, 'StaffingReported', StaffingReported, (data, entry) => {
    const day = dayOf(data.reportedOn, entry);
    const precision = precisionCode(data.precision);
    const into = [levelOf(day, { indicator: 'staff', value: data.total, precision })];
    const also = (indicator: string, value: number | undefined, more: object = {}) => {
      if (value !== undefined) into.push(levelOf(day, { indicator, value, precision, ...more }));
    };
    also('staff', data.female, { part: 'female' });
    for (const group of GROUPS) also('staff', data[group], { category: group });
    also('teachers', data.teachers);
    also('teachers-qualified', data.qualifiedTeachers);
    return into;
  }),
  factFold(SERVICE, 'DepartmentsReported', DepartmentsReported, (data, entry) => [
    levelOf(dayOf(data.reportedOn, entry), { indicator: 'departments', value: data.departments.length }),
  ]),
  factFold(SERVICE, 'CampusesReported', CampusesReported, (data, entry) => [
    levelOf(dayOf(data.reportedOn, entry), { indicator: 'campuses', value: data.campuses.length }),
  ]),
  factFold(SERVICE, 'PartnershipsReported', PartnershipsReported, (data, entry) => {
    const kind = data.kind || 'training';
    const precision = precisionCode(data.precision);
    const counted = { indicator: 'partners', category: kind, slot: kind, value: data.total, precision };
    return [levelOf(dayOf(data.reportedOn, entry), counted)];
  }),
  factFold(SERVICE, 'AwardReceived', AwardReceived, (data, entry) => {
    const { value, precision } = data.times ?? { value: 1, precision: '' };
    const counted = { indicator: 'awards', category: data.kind, value, precision: precisionCode(precision) };
    return [flowOf(monthOf(dayOf(data.date, entry)), counted)];
  }),
  factFold(SERVICE, 'RatingGiven', RatingGiven, (data, entry): Contribution[] => {
    const at = elsewhere(data.centre, entry.unit);
    const chosen = { indicator: 'centres-by-rating', category: data.rating, categories: RATINGS, at };
    return oneOf(yearEnd(data.year, entry), chosen);
  }),
  ...accreditationFolds,
];
