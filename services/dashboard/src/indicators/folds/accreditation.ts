import { AccreditationAwarded, AccreditationTargetSet } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { firstDay, type Day } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';
import { factFold, recordedDay, type FactFold, type FoldEntry, type Recall } from './fold.js';
import { elsewhere, levelOf } from './parts.js';
import { plainObject } from '@gdtx/contracts/plain';

const SERVICE = 'centres';
const INDICATOR = 'accredited-centres';

/** An accreditation: level, from its first day until it is no longer valid ('' when that isn't known). */
type Award = readonly [level: string, from: Day, until: Day];

function awardOf(data: AccreditationAwarded, entry: FoldEntry): Award {
  return [`level-${data.level}`, firstDay(data.awardedOn) || recordedDay(entry), data.validUntil];
}

function awardsWith(data: AccreditationAwarded, entry: FoldEntry, recall: Recall): Award[] {
  const earlier = recall<Award[]>('accreditations', data.centre) ?? [];
  return [...earlier, awardOf(data, entry)].sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
}

/** The level that a centre holds on a day: of all valid awards the one given last. */
function levelOn(day: Day, awards: readonly Award[]): string | undefined {
  return awards.findLast(([, from, until]) => from <= day && (until === '' || day < until))?.[0];
}

/**
 * A centre is accredited again before the former award ends, or an older award is told later: each award says for every day
 * on which something changes which level is held from then on, given all that were told before it.
 */
export const accreditationFolds: readonly FactFold[] = [
  factFold(
    SERVICE,
    'AccreditationAwarded',
    AccreditationAwarded,
    (data, entry, recall) => {
      const awards = awardsWith(data, entry, recall);
      const levels = [...new Set(awards.map(([level]) => level))];
      const days = [...new Set(awards.flatMap(([, from, until]) => (until ? [from, until] : [from])))].sort();
      const at = elsewhere(data.centre, entry.unit);
      const into: Contribution[] = [];
      for (const day of days) {
        const held = levelOn(day, awards);
        for (const level of levels) {
          const counted = { indicator: INDICATOR, category: level, value: level === held ? 1 : 0 };
          into.push(levelOf(day, at ? { ...counted, at } : counted));
        }
      }
      return into;
    },
    (data, entry, recall) => [
      { of: 'accreditations', id: data.centre, value: awardsWith(data, entry, recall), kind: 'gathered' },
    ],
  ),
  // Who has a target and no award is known not to be accredited: 0, and not "never reported".
  factFold(SERVICE, 'AccreditationTargetSet', AccreditationTargetSet, (data, entry) => {
    const unit = data.centre || entry.unit;
    const at = elsewhere(data.centre, entry.unit);
    const level = `level-${data.level}`;
    const none = { indicator: INDICATOR, category: level, slot: 'target', value: 0 };
    const { year, asGiven } = data;
    const { setBy, setOn, source } = plainObject(data);
    return [
      levelOf(firstDay(data.setOn) || recordedDay(entry), at ? { ...none, at } : none),
      {
        kind: 'record',
        collection: 'targets',
        id: `${unit}/${INDICATOR}/${level}/${year}`,
        set: {
          unit,
          indicator: INDICATOR,
          category: level,
          year,
          value: 1,
          level: data.level,
          asGiven,
          setBy,
          setOn,
          source,
        },
      },
    ];
  }),
];
