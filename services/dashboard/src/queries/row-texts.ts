import { Recent } from '@gdtx/territory/recent';
import type { Registry } from '@gdtx/territory/registry';
import type { Records } from '../columns/records.js';
import { LATEST } from '../columns/known.js';
import type { Evaluated, EvaluatedRow } from './evaluate.js';
import { askedOf, labelDayOf, type FigureRow, type Target } from './figure.js';
import type { FigureQuery } from './figure-query.js';
import { nameOf } from './tally.js';

/** Kinds of questions whose rows are kept, and how many rows of each: about 400 bytes a row. */
const MOST_KINDS = 100;
const MOST_ROWS = 200;

/** A row as JSON, and what it is put in order by. */
export interface RowText extends Pick<FigureRow, 'key' | 'value'> {
  text: string;
}

/** Finds the text of a row of one question, or makes it. */
export interface RowTextsOf {
  of(row: EvaluatedRow, show: () => FigureRow): RowText;
}

/**
 * The rows of answers as JSON, as long as everything that is in them is what it was: their values, what units are called, targets. Of the
 * newest registry and records alone: when one of these has changed, all are made anew.
 */
export class RowTexts {
  private kept = new Recent<Kept>(MOST_KINDS);
  private registry: Registry | undefined;
  private records: Records | undefined;
  private version = -1;

  /** Of a question; `registry` must not change any more. */
  for(query: FigureQuery, registry: Registry, records: Records): RowTextsOf {
    // A row that was known otherwise is named and measured by what was known.
    if (query.known !== LATEST) return { of: (_row, show) => textOf(show()) };
    if (registry !== this.registry || records !== this.records || records.version !== this.version) {
      this.kept = new Recent(MOST_KINDS);
      [this.registry, this.records, this.version] = [registry, records, records.version];
    }
    const { day } = askedOf(query, query.unit);
    return this.kept.get(`${query.indicator.id}/${query.by.join()}/${labelDayOf(query)}/${day}`, () => new Kept());
  }
}

class Kept implements RowTextsOf {
  private readonly rows = new Map<string, { of: EvaluatedRow; text: RowText }>();

  of(row: EvaluatedRow, show: () => FigureRow): RowText {
    // What else is said of a place may change with the facts that were placed there.
    if (!row.keys.every(isPlain)) return textOf(show());
    const name = nameOf(row.keys);
    const kept = this.rows.get(name);
    if (kept && isSame(kept.of, row)) return kept.text;
    const shown = show();
    const text = textOf(shown);
    if (shown.targets?.some(isOfMore)) this.rows.delete(name);
    else if (kept || this.rows.size < MOST_ROWS) this.rows.set(name, { of: row, text });
    return text;
  }
}

/** A target that is held against values of categories, which the row doesn't have. */
const isOfMore = ({ category, level }: Target): boolean => category !== '' || level !== undefined;

const isPlain = (key: EvaluatedRow['keys'][number]): boolean => Object.keys(key).length === 1;

function textOf(row: FigureRow): RowText {
  return { key: row.key, value: row.value, text: JSON.stringify(row) };
}

/** Everything that is said of a value. */
const SAID = {
  value: true,
  precision: true,
  estimated: true,
  simulated: true,
  numerator: true,
  denominator: true,
  remark: true,
} as const satisfies Required<Record<keyof Evaluated, true>>;
const FIELDS = Object.keys(SAID) as (keyof Evaluated)[];

const isSame = (one: Evaluated, other: Evaluated): boolean => FIELDS.every((field) => one[field] === other[field]);
