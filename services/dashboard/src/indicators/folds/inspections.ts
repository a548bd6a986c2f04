import {
  FindingRecorded,
  InspectionOrdered,
  ProgressReported,
  RecommendationClosed,
  RecommendationIssued,
  VisitMade,
} from '@gdtx/contracts/gen/gdtx/inspections/v1/facts';
import type { Party } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { addDays, firstDay, type Day } from '@gdtx/territory/days';
import type { Contribution, RecordPart } from '../../model.js';
import { factFold, recordedDay, type FactFold, type FoldEntry, type Recall } from './fold.js';
import { elsewhere, flowOf, levelOf, monthOf } from './parts.js';
import { plainObject } from '@gdtx/contracts/plain';

const SERVICE = 'inspections';

/** What findings and recommendations need of their visit. */
type Visit = { day: Day; place: string; units: readonly string[] };
/** What its closing needs of a recommendation. */
type Issued = { at: string; due: Day };

/** The one unit that parties name, if they name exactly one. */
function onlyUnit(parties: readonly Party[]): string {
  const units = parties.map((party) => party.unit).filter(Boolean);
  return units.length === 1 && parties.length === 1 ? units[0]! : '';
}

/**
 * Where it counts: with the one unit that it is about, else the one that was visited, else the place of the visit. So a
 * finding on nineteen centres of a district counts once, with the district.
 */
function placeOf(own: string, about: readonly Party[], visit: Visit | undefined, ledger: string): string {
  const visited = visit?.units.length === 1 ? visit.units[0]! : '';
  return own || onlyUnit(about) || visited || (visit?.place ?? '') || (visit?.units[0] ?? '') || ledger;
}

function issuedAt(data: RecommendationIssued, entry: FoldEntry, recall: Recall): string {
  return placeOf(data.place, data.addressees, recall<Visit>('visit', data.visit), entry.unit);
}

const issuedOn = (data: RecommendationIssued, entry: FoldEntry): Day => firstDay(data.issuedOn) || recordedDay(entry);

/** A record of a list: all that the fact says, and what it follows from. */
function record(
  collection: RecordPart['collection'],
  id: string,
  data: object,
  entry: FoldEntry,
  more: Record<string, unknown> = {},
): RecordPart {
  return { kind: 'record', collection, id, set: { ledger: entry.unit, ...plainObject(data), ...more } };
}

/** All that the service `inspections` says. */
export const inspectionsFolds: readonly FactFold[] = [
  factFold(SERVICE, 'InspectionOrdered', InspectionOrdered, (data, entry) => [
    record('inspections', data.inspection, data, entry),
  ]),
  factFold(
    SERVICE,
    'VisitMade',
    VisitMade,
    (data, entry): Contribution[] => {
      const visit = record('visits', data.visit, data, entry);
      if (!data.inspection) return [visit];
      const { visit: id, occurredOn } = data;
      const append = { visits: { visit: id, occurredOn } };
      return [visit, { kind: 'record', collection: 'inspections', id: data.inspection, append }];
    },
    ({ visit, occurredOn: day, place, units }) => [
      { of: 'visit', id: visit, value: { day, place, units }, kind: 'said' },
    ],
  ),
  factFold(SERVICE, 'FindingRecorded', FindingRecorded, (data, entry, recall) => {
    const visit = recall<Visit>('visit', data.visit);
    const place = placeOf('', data.about, visit, entry.unit);
    const at = elsewhere(place, entry.unit);
    const counted = { indicator: 'findings', category: data.kind, value: 1 };
    const occurredOn = visit?.day ?? recordedDay(entry);
    return [
      flowOf(monthOf(occurredOn), at ? { ...counted, at } : counted),
      record('findings', data.finding, data, entry, { at: place, occurredOn, visited: visit?.units ?? [] }),
    ];
  }),
  // With its issue it is known that none of it is closed and, if it has a due day, that it isn't overdue yet: 0, and not
  // "never reported". One without a due day never says anything of being overdue.
  factFold(
    SERVICE,
    'RecommendationIssued',
    RecommendationIssued,
    (data, entry, recall) => {
      const place = issuedAt(data, entry, recall);
      const at = elsewhere(place, entry.unit);
      const where = at ? { at } : {};
      const slot = data.recommendation;
      const day = issuedOn(data, entry);
      const visited = recall<Visit>('visit', data.visit)?.units ?? [];
      const into: Contribution[] = [
        levelOf(day, { indicator: 'recommendations-open', slot, value: 1, ...where }),
        flowOf(monthOf(day), { indicator: 'recommendations-closed', category: 'done', value: 0, ...where }),
        record('recommendations', slot, data, entry, { at: place, status: 'open', visited }),
        // Where some were issued, none being overdue is 0, and not unknown.
        levelOf(day, { indicator: 'recommendations-overdue', slot, value: 0, ...where }),
      ];
      if (data.due) {
        const overdueFrom = addDays(data.due, 1);
        into.push(levelOf(overdueFrom, { indicator: 'recommendations-overdue', slot, value: 1, ...where }));
      }
      return into;
    },
    (data, entry, recall) => [
      {
        of: 'recommendation',
        id: data.recommendation,
        value: { at: issuedAt(data, entry, recall), due: data.due } satisfies Issued,
        kind: 'said',
      },
    ],
  ),
  factFold(SERVICE, 'ProgressReported', ProgressReported, (data, { source: by }) => {
    const { recommendation, ...said } = data;
    return [
      {
        kind: 'record',
        collection: 'recommendations',
        id: recommendation,
        set: { status: 'in-progress' },
        append: { progress: { by, ...plainObject(said) } },
      },
    ];
  }),
  factFold(SERVICE, 'RecommendationClosed', RecommendationClosed, (data, entry, recall) => {
    const issued = recall<Issued>('recommendation', data.recommendation);
    const at = elsewhere(issued?.at ?? '', entry.unit);
    const where = at ? { at } : {};
    const { recommendation: slot, closedOn, outcome } = data;
    const into: Contribution[] = [
      levelOf(closedOn, { indicator: 'recommendations-open', slot, value: 0, ...where }),
      flowOf(monthOf(closedOn), { indicator: 'recommendations-closed', category: outcome, value: 1, ...where }),
      {
        kind: 'record',
        collection: 'recommendations',
        id: slot,
        set: { status: 'closed', closedOn, outcome, ...(data.note ? { closingNote: data.note } : {}) },
      },
    ];
    if (issued?.due) {
      // Closed in time, it is not overdue on the day on which it would have become so.
      const overdueFrom = addDays(issued.due, 1);
      const day = overdueFrom > closedOn ? overdueFrom : closedOn;
      into.push(levelOf(day, { indicator: 'recommendations-overdue', slot, value: 0, ...where }));
    }
    return into;
  }),
];
