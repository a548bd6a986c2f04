import { FAULTS } from './faults.js';

/** `npm run test:faults [-- --seed N --only NAME]`: answers the exit code. */
export async function tryFaults(args: readonly string[]): Promise<number> {
  const only = args.indexOf('--only');
  const named = FAULTS.filter(({ name }) => only < 0 || name === args[only + 1]);
  if (named.length > 0) return 0;
  console.error(`There is no such fault; there are: ${FAULTS.map(({ name }) => name).join(', ')}.`);
  return 1;
}
