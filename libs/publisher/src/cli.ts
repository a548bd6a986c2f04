import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Command } from 'commander';
import { Failure } from './failure.js';
import { DEFAULT_PORT, localGateway, localHome } from './local-run.js';
import { publish, type Result } from './publish.js';
import { localToken } from './token.js';

const gather = (value: string, former: string[] = []): string[] => [...former, value];

/** Runs the `gdtx` command and answers its exit code: 0 done, 1 something was refused, 2 it could not be done. */
export async function run(argv: string[]): Promise<number> {
  let code = 0;
  const program = new Command('gdtx')
    .description('Facts of continuing education: publish them, and get tokens of a local run.')
    .showHelpAfterError('(gdtx --help shows what there is)');

  program
    .command('token')
    .description('print a token of the local run, and nothing else')
    .requiredOption(
      '--role <role>',
      'inspector, registrar, province-officer, commune-officer, centre-publisher or operator; repeatable',
      gather,
    )
    .option('--unit <unit>', 'a unit whose subtree the bearer may write to; repeatable', gather)
    .option('--expires-in <time>', 'how long it lasts: 8h, 30m, 7d', '8h')
    .option('--subject <name>', 'whom it names as its bearer')
    .action(async ({ role, unit = [], expiresIn, subject }: TokenOptions) => {
      const token = await localToken(localHome(), { roles: role, units: unit, expiresIn, subject });
      process.stdout.write(`${token}\n`);
    });

  program
    .command('publish')
    .description('send a file of facts, one CloudEvent a line; sending it again counts nothing twice')
    .argument('<file.ndjson>', 'the file, or - for standard input')
    .option('--url <address>', `the gateway (default: GDTX_URL, or the local run at port ${DEFAULT_PORT})`)
    .option('--token <token>', 'a bearer token (default: GDTX_TOKEN, or one of the local run by --role and --unit)')
    .option('--role <role>', 'role of a token of the local run; repeatable', gather)
    .option('--unit <unit>', 'unit of a token of the local run; repeatable', gather)
    .action(async (file: string, options: PublishOptions) => {
      code = await publishFile(file, options);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

interface TokenOptions {
  role: string[];
  unit?: string[];
  expiresIn: string;
  subject?: string;
}

interface PublishOptions {
  url?: string;
  token?: string;
  role?: string[];
  unit?: string[];
}

async function publishFile(file: string, options: PublishOptions): Promise<number> {
  if (file !== '-') {
    await access(file).catch(() => {
      throw new Failure(`${file} can't be read: name a file of facts, one a line.`);
    });
  }
  const token = options.token ?? process.env.GDTX_TOKEN ?? (await ownToken(options));
  const sums = await publish({
    url: options.url ?? process.env.GDTX_URL ?? localGateway(),
    token,
    lines: file === '-' ? process.stdin : createReadStream(file),
    onResult: (result) => {
      if (result.status === 'refused') process.stdout.write(`${refusalLine(result)}\n`);
    },
  });
  process.stdout.write(`${sums.accepted} accepted, ${sums.duplicate} duplicate, ${sums.refused} refused\n`);
  return sums.refused > 0 ? 1 : 0;
}

function ownToken({ role = [], unit = [] }: PublishOptions): Promise<string> {
  if (role.length === 0)
    throw new Failure('Say who sends: --token <token>, or --role and --unit for a token of the local run.');
  return localToken(localHome(), { roles: role, units: unit });
}

/** One refused fact, for a person: its line and id, why, and where in it. */
export function refusalLine({ id, line, refusal }: Result): string {
  const what = [line !== undefined && `line ${line}`, id].filter(Boolean).join(', ') || 'a fact';
  const where = refusal?.path ? ` at ${refusal.path}` : '';
  return `${what}: ${refusal?.slug ?? 'refused'}${where}: ${refusal?.message ?? ''}`.trimEnd();
}
