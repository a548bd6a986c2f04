import type { Part } from '../model.js';

/** What a cell or a level event is of. */
export interface Series {
  indicator: string;
  category: string;
  part: Part;
  at: string;
}

export const PARTS: readonly Part[] = [
  '',
  'female',
  'under15',
  'from15to24',
  'from25to59',
  'from60',
  'ethnic-minority',
  'disabled',
];

const NUMBER_OF_PART: Readonly<Record<Part, number>> = {
  '': 0,
  female: 1,
  under15: 2,
  from15to24: 3,
  from25to59: 4,
  from60: 5,
  'ethnic-minority': 6,
  disabled: 7,
};

/** By part; at the ledger's own unit, and elsewhere. */
interface Node {
  here: Int32Array;
  elsewhere: Map<string, Int32Array> | undefined;
}

/** Numbers series, so that documents hold a number where they would hold four strings. The numbers are this process' own. */
export class SeriesTable {
  private readonly known: Series[] = [];
  private readonly texts: string[] = [];
  private readonly byIndicator = new Map<string, Map<string, Node>>();

  numberOf(indicator: string, category: string, part: Part, at: string | undefined): number {
    let byCategory = this.byIndicator.get(indicator);
    if (!byCategory) this.byIndicator.set(indicator, (byCategory = new Map()));
    let node = byCategory.get(category);
    if (!node) byCategory.set(category, (node = { here: emptyParts(), elsewhere: undefined }));
    const parts = at ? partsElsewhere(node, at) : node.here;
    const number = parts[NUMBER_OF_PART[part]]!;
    return number >= 0 ? number : this.add(parts, { indicator, category, part, at: at ?? '' });
  }

  of(number: number): Series {
    return this.known[number]!;
  }

  /** As JSON: `["learners-enrolled","refresher","female",""]`. */
  text(number: number): string {
    return this.texts[number]!;
  }

  private add(parts: Int32Array, series: Series): number {
    const number = this.known.push(series) - 1;
    this.texts.push(JSON.stringify([series.indicator, series.category, series.part, series.at]));
    parts[NUMBER_OF_PART[series.part]] = number;
    return number;
  }
}

const emptyParts = () => new Int32Array(PARTS.length).fill(-1);

function partsElsewhere(node: Node, at: string): Int32Array {
  node.elsewhere ??= new Map();
  let parts = node.elsewhere.get(at);
  if (!parts) node.elsewhere.set(at, (parts = emptyParts()));
  return parts;
}
