import type { Cursor, StoredRecord } from '../model.js';
import { NOTHING, unlike, type Difference } from './difference.js';

/** Where a record is of one year: a target, a closed month. */
const yearIn = (record: StoredRecord): number | null => {
  const { year, month } = record.value;
  if (typeof year === 'number') return year;
  return typeof month === 'string' && /^\d{4}-/.test(month) ? Number(month.slice(0, 4)) : null;
};

/** What two records of one name don't say alike: the field, and what each has there. */
export function compareRecords(live: StoredRecord | undefined, rebuilt: StoredRecord | undefined): Difference[] {
  const either = (live ?? rebuilt)!;
  const { service, unit, collection, id } = either;
  const at = { service, unit, year: yearIn(either), indicator: collection };
  if (!live || !rebuilt) {
    const [there, missing] = [`there`, NOTHING];
    return [{ ...at, where: id, live: live ? there : missing, rebuilt: rebuilt ? there : missing }];
  }
  return [...unlike(fieldsOf(live), fieldsOf(rebuilt))].map(({ key, ...values }) => ({
    ...at,
    where: `${id}, ${key}`,
    ...values,
  }));
}

/** Two cursors of one ledger that stand at the same entry. */
export function compareCursors(live: Cursor, rebuilt: Cursor): Difference[] {
  const { service, unit } = live;
  return [...unlike(pointsOf(live), pointsOf(rebuilt))].map(({ key, ...values }) => ({
    ...{ service, unit, year: null, indicator: 'cursor', where: key },
    ...values,
  }));
}

function pointsOf({ seq, hash, unknown }: Cursor): Map<string, string> {
  const types = unknown.map((each) => `${each.seq} ${each.type}`);
  return new Map([
    [`hash of entry ${seq}`, Buffer.from(hash).toString('hex')],
    ['entries that can’t be folded', types.join(', ') || NOTHING],
  ]);
}

function fieldsOf({ stands, value, pieces }: StoredRecord): Map<string, string> {
  const fields = new Map([['stands', String(stands)]]);
  for (const [name, each] of Object.entries(value)) fields.set(name, canonical(each));
  // What `known` is answered from.
  for (const piece of pieces) fields.set(`entry ${piece.seq}`, canonical(piece));
  return fields;
}

/** JSON with the names of fields in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
