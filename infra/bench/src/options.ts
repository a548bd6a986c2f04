import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Empty: all. */
  names: string[];
  seed: number;
  scale: number;
  json?: string;
  /** Pages that take the tables. */
  markdown: string[];
  keep?: string;
  /** Only prepare the data in `keep`. */
  dataOnly: boolean;
  help: boolean;
}

export const USAGE = `npm run bench [-- NAME… --scale 0.1 --seed 1 --keep DIR --json FILE --markdown FILE]

  NAME…            only these; all when left out. \`data\`: only write the data set and its read model into --keep
  --scale N        of the full size, above 0 and at most 1; less than 1 is a try-out (default 1)
  --seed N         another seed, other data (default 1)
  --keep DIR       engines and data set stay there, and the next run with the same seed and scale finds them
  --json FILE      the report as JSON
  --markdown FILE  the tables into this page, each between its two marks; may be said for several pages`;

/** A sentence when the arguments can't be understood. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        scale: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
        markdown: { type: 'string', multiple: true, default: [] },
        keep: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { json, markdown, keep, help } = values;
    const [scale, seed] = [Number(values.scale), Number(values.seed)];
    if (!(scale > 0 && scale <= 1)) return `--scale is above 0 and at most 1, not ${values.scale}.`;
    if (!Number.isSafeInteger(seed)) return `--seed is a whole number, not ${values.seed}.`;
    const dataOnly = positionals.includes('data');
    if (dataOnly && (!keep || positionals.length > 1)) return '`data` stands alone, and needs --keep DIR.';
    const unknown = positionals.find((name) => name !== 'data' && !known.includes(name));
    if (unknown) return `There is no benchmark \`${unknown}\`; there are: ${known.join(', ')}.`;
    return { names: positionals, scale, seed, json, markdown, keep, dataOnly, help };
  } catch (error) {
    return (error as Error).message;
  }
}
