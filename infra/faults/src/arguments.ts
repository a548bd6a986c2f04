import { parseArgs } from 'node:util';

/** What is asked of `npm run test:faults`. */
export interface Asked {
  /** A number, or any other word. */
  seed: string;
  /** Names of faults; undefined: all. */
  only: string[] | undefined;
  facts: number;
  /** Says which faults there are and tries none. */
  list: boolean;
}

export const FACTS = 20_000;
export const USAGE = 'npm run test:faults [-- --seed N --only NAME,NAME --facts N --list]';

/** Reads the arguments; throws an Error with one sentence for what can't be read. */
export function readArguments(args: readonly string[], known: readonly string[], anySeed: () => string): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      facts: { type: 'string', default: String(FACTS) },
      list: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.flatMap((names) => names.split(',')).filter((name) => name !== '');
  const unknown = only?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  const facts = Number(values.facts);
  if (!Number.isInteger(facts) || facts < 100) throw new Error('--facts is a whole number, 100 at least.');
  return { seed: values.seed ?? anySeed(), only, facts, list: values.list };
}
