import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Failure } from '@gdtx/publisher/failure';
import { localGateway, localHome } from '@gdtx/publisher/local-run';
import { localToken } from '@gdtx/publisher/token';
import { gatewayAt, whyUnreachable } from './gateway.js';
import { nationOf } from './nation/nation.js';
import { publishNation } from './publish-nation.js';
import { readTerritory } from './reference.js';
import type { Tally } from './tally.js';

/** Whoever publishes a nation is of every kind. */
const ROLES = ['registrar', 'province-officer', 'commune-officer', 'centre-publisher'];
const PROGRESS_EVERY_MS = 5_000;

interface Asked {
  seed: string;
  facts: number;
  provinces?: ReadonlySet<string>;
  url: string;
  token?: string;
}

/** `npm run simulate -- --seed 7 --facts 50000`: answers the exit code. 0: done; 1: something was refused that shouldn't be; 2: not possible. */
export async function simulate(args: readonly string[], say: (line: string) => void = console.log): Promise<number> {
  try {
    return await publish(read(args), say);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return 2;
  }
}

function read(args: readonly string[]): Asked {
  const program = new Command('npm run simulate --')
    .description('Publishes a nation that never was to a running platform, marked as simulated wherever it shows.')
    .option('--seed <seed>', 'lower-case letters, digits: the same seed tells the same nation', seed, '7')
    .option('--facts <count>', 'about how many reports; its units come on top', count, 50_000)
    .option('--provinces <codes>', 'only these provinces of 2024: 14,19', codes)
    .option('--url <address>', 'the gateway (default: GDTX_URL, or the local run)')
    .option('--token <token>', 'a bearer token (default: GDTX_TOKEN, or one of the local run)')
    .showHelpAfterError()
    .exitOverride()
    .parse([...args], { from: 'user' });
  const { url, token, ...asked } = program.opts<Partial<Asked> & Pick<Asked, 'seed' | 'facts'>>();
  const given = token ?? process.env.GDTX_TOKEN;
  return { ...asked, url: url ?? process.env.GDTX_URL ?? localGateway(), ...(given && { token: given }) };
}

async function publish({ seed, facts, provinces, url, token }: Asked, say: (line: string) => void): Promise<number> {
  const unreachable = await whyUnreachable(url);
  if (unreachable) throw new Failure(unreachable);
  const bearer =
    token ?? (await localToken(localHome(), { roles: ROLES, units: ['vn'], subject: 'simulate', expiresIn: '24h' }));
  const territory = await readTerritory(provinces);
  if (territory.provinces.length === 0)
    throw new Failure('There is no such province: say codes of 2024, as --provinces 14,19.');
  const nation = nationOf({ seed, facts, territory });
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  const centres = nation.units.filter(({ kind }) => kind === 'centre').length;
  say(
    `Seed ${seed}: ${number(centres)} centres and ${number(nation.units.length - centres)} community centres over five years, ` +
      `told by ${number(nation.registry.length)} registry facts; then about ${number(facts)} reports. All marked as simulated.`,
  );
  const { units, reports } = await publishNation({
    nation,
    gateway: gatewayAt(url, bearer),
    onProgress: progress(say, seconds, { units: nation.registry.length, reports: facts }),
  });
  for (const [name, tally] of [
    ['units', units],
    ['reports', reports],
  ] as const) {
    say(`  ${name}: ${sums(tally)}`);
    for (const line of tally.surprises) say(`    ${line}`);
  }
  const decided = units.decided + reports.decided;
  say(`${number(decided)} facts in ${seconds().toFixed(1)} s: ${number(Math.round(decided / seconds()))} a second.`);
  return units.undeserved + reports.undeserved > 0 ? 1 : 0;
}

function progress(say: (line: string) => void, seconds: () => number, of: { units: number; reports: number }) {
  let next = PROGRESS_EVERY_MS / 1000;
  return (phase: 'units' | 'reports', tally: Tally) => {
    if (seconds() < next) return;
    next = seconds() + PROGRESS_EVERY_MS / 1000;
    say(`  ${seconds().toFixed(0)} s: ${number(tally.decided)} of ${number(of[phase])} ${phase}: ${sums(tally)}`);
  };
}

function sums({ accepted, duplicate, refused, deserved, notSent }: Tally): string {
  const why = refused > 0 ? ` (${number(deserved)} of them sent to be)` : '';
  const left = notSent > 0 ? `, ${number(notSent)} not sent, since what they are about was refused` : '';
  return `${number(accepted)} accepted, ${number(duplicate)} duplicate, ${number(refused)} refused${why}${left}`;
}

const number = (value: number) => value.toLocaleString('en');

function seed(text: string): string {
  if (/^[a-z0-9]{1,12}$/.test(text)) return text;
  throw new InvalidArgumentError('It is one to twelve lower-case letters and digits.');
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('It is a whole number.');
}

function codes(text: string): ReadonlySet<string> {
  if (/^\d{2}(,\d{2})*$/.test(text)) return new Set(text.split(','));
  throw new InvalidArgumentError('They are codes of two digits with commas between: 14,19.');
}
