/** What the catalogue says of an indicator: one definition, how it adds up, what feeds it. Data only. */

export interface Text {
  vi: string;
  en: string;
}

/** A flow adds up over time, a level holds from a day until the next report, a ratio is made of others. */
export type IndicatorKind = 'flow' | 'level' | 'ratio';

/**
 * How figures are put together. `sum`: over time and units. `latest`: the value on the last day, summed over units.
 * `distinct`: how many different ones. `ratio`: sums divided by sums. `none`: not over units at all.
 */
export type Aggregation = 'sum' | 'latest' | 'distinct' | 'ratio' | 'none';

/** Where its values are: in the cells and levels of the read model, in the registry of units, or in the indicators that a ratio names. */
export type IndicatorSource = 'cells' | 'registry' | 'ratio';

export interface Term {
  indicator: string;
  /** Only this category of it. */
  category?: string;
  sign: 1 | -1;
  /** Never reported counts as 0 here; otherwise it makes the whole ratio unknown. */
  optional?: true;
}

export interface Ratio {
  numerator: readonly Term[];
  denominator: readonly Term[];
  /** What a row of `by=category` divides: `both` by the same category, only the `numerator` by it, or no rows at all. */
  byCategory: 'both' | 'numerator' | 'none';
}

export interface Categories {
  meaning: Text;
  /** The known ones; others may occur where the meaning says that it is free text. */
  values?: Readonly<Record<string, Text>>;
  /**
   * The categories overlap (recognised ones are also registered): they are never summed, and the figure without
   * `by=category` is this category's.
   */
  total?: string;
}

export interface Indicator {
  id: string;
  label: Text;
  /** Unit of measure. */
  measure: Text;
  kind: IndicatorKind;
  aggregation: Aggregation;
  from: IndicatorSource;
  definition: Text;
  /** The text that defines it, where there is one. */
  definedBy?: string;
  /** Full fact types whose folds give values of it; of a ratio: none, see its terms. */
  fedBy: readonly string[];
  /** Opening balances enter it. */
  balances: boolean;
  /** False: a sum over units would count the same twice (fields of study) or mean nothing (averages). */
  addsOverUnits: boolean;
  categories?: Categories;
  ratio?: Ratio;
  /** A number whose share of a whole is asked as well: shown beside the number. */
  share?: Ratio;
  /** Not one that people ask for by itself: the base of a ratio. */
  supporting?: true;
}
