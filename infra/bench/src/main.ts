import { BENCHMARKS } from './benchmarks.js';

/** `npm run bench [-- NAME]`: answers the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const named = BENCHMARKS.filter(({ name }) => args.length === 0 || args.includes(name));
  if (named.length > 0) return 0;
  console.error(
    `There is no benchmark \`${args.join(' ')}\`; there are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`,
  );
  return 1;
}
