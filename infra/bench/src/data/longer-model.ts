import type { mongo } from 'mongoose';

/** The years that the data set tells of. */
const FIRST = 2021;
const YEARS = 5;
const LAST = FIRST + YEARS - 1;

/**
 * Has a read model of the data set tell of five more years: each of its documents once more, `times` five years later. Units stay the
 * same ones. What was recorded when stays, too.
 */
export async function tellFiveYearsMore(db: mongo.Db, times: number): Promise<void> {
  await db
    .collection('unit_years')
    .aggregate([
      { $match: { year: { $gte: FIRST, $lte: LAST } } },
      { $set: { year: { $add: ['$year', times * YEARS] } } },
      { $set: { _id: { $concat: ['$service', '/', '$unit', '/', { $toString: '$year' }] } } },
      { $merge: 'unit_years' },
    ])
    .toArray();
}
