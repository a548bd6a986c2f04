import type { Violation } from './violation.js';

/** One indicator as it was answered: the whole, and by unit. */
export interface AnsweredFigure {
  indicator: string;
  value: number | null;
  rows: readonly { key: string; value: number | null }[];
}

/** The figure is what was acknowledged, unit by unit and as a whole. */
export function checkFigure(
  { indicator, value, rows }: AnsweredFigure,
  expected: ReadonlyMap<string, number>,
): Violation[] {
  const violations: Violation[] = [];
  const told = new Map(rows.map((row) => [row.key, row.value]));
  const wrong = (unit: string, is: number | null | undefined, should: number | undefined) =>
    violations.push({
      kind: 'figure',
      what: `${indicator} of ${unit} is ${is ?? 'not told'} and should be ${should ?? 'not told'}`,
    });
  for (const [unit, should] of expected) if (told.get(unit) !== should) wrong(unit, told.get(unit), should);
  for (const [unit, is] of told) if (!expected.has(unit) && is !== null && is !== 0) wrong(unit, is, undefined);
  const sum = [...expected.values()].reduce((total, part) => total + part, 0);
  if ((value ?? 0) !== sum) wrong('the whole country', value, sum);
  return violations;
}

/** How far the dashboard has folded a ledger. */
export interface Cursor {
  service: string;
  unit: string;
  seq: number;
  hash: Buffer;
}

/** The dashboard has folded every ledger to its end. */
export function checkCursors(
  heads: ReadonlyMap<string, { seq: number; hash: Buffer }>,
  cursors: readonly Cursor[],
): Violation[] {
  const folded = new Map(cursors.map((cursor) => [`${cursor.service}/${cursor.unit}`, cursor]));
  return [...heads].flatMap(([name, { seq, hash }]): Violation[] => {
    const cursor = folded.get(name);
    if (cursor?.seq !== seq) {
      return [{ kind: 'cursor', what: `${name} is folded to ${cursor?.seq ?? 0} and ends at ${seq}` }];
    }
    return cursor.hash.equals(hash) ? [] : [{ kind: 'cursor', what: `${name}/${seq} was folded with another hash` }];
  });
}
