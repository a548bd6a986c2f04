import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { type Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** Where Debian and others put them, version by version. */
const FOLDER = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'postgres', 'psql'];
const READY_MS = 30_000;
const DATABASE = 'postgres';
/** What a machine that serves analyses would be given: room for the whole table, no wait for other disks, no compiling of short questions. */
const SETTINGS = {
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  max_wal_size: '4GB',
  listen_addresses: '',
};

/** The folder with PostgreSQL's programs: of the PATH, or the newest that is installed; undefined where there is none. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env, folder = FOLDER): string | undefined {
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...versions.map((v) => join(folder, v, 'bin'))];
  return places.find((place) => NEEDED.every((name) => existsSync(join(place, name))));
}

export interface Postgres {
  /** `PostgreSQL 15.14`. */
  version: string;
  /** One session, in which statements are carried out one after the other. */
  session(): PostgresSession;
  stop(): Promise<void>;
}

export interface PostgresSession {
  /** The rows of each statement, its columns apart by `|`; with how long it took, as the client saw it. */
  ask(statement: string): Promise<{ rows: string[]; milliseconds: number }>;
  /** Loads lines of tab-separated values. */
  copy(into: string, lines: Iterable<string>): Promise<void>;
  close(): Promise<void>;
}

/** A cluster of its own in a temporary folder, reached by a socket in it alone. Not as root, which PostgreSQL refuses. */
export async function startPostgres(bin: string): Promise<Postgres> {
  const home = await mkdtemp(join(tmpdir(), 'gdtx-postgres-'));
  const user = await unprivileged(home);
  const data = join(home, 'data');
  const options = { ...user, cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: home } };
  execFileSync(join(bin, 'initdb'), ['--auth=trust', '--username=bench', '--no-sync', '-D', data], {
    ...options,
    stdio: 'pipe',
  });
  const settings = Object.entries(SETTINGS).map(([name, value]) => `${name} = '${value}'\n`);
  await writeFile(join(data, 'postgresql.auto.conf'), settings.join(''));
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', home], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  server.stderr.on('data', (text: Buffer) => (words = (words + text.toString()).slice(-2_000)));
  const open = () =>
    new Psql(
      spawn(join(bin, 'psql'), ['-h', home, '-U', 'bench', '-qAtX', '-v', 'ON_ERROR_STOP=1', DATABASE], options),
    );
  const postgres: Postgres = {
    version: versionOf(execFileSync(join(bin, 'postgres'), ['--version']).toString()),
    session: open,
    async stop() {
      // Fast: sessions are ended, everything is written.
      server.kill('SIGINT');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(home, { recursive: true, force: true });
    },
  };
  for (const until = Date.now() + READY_MS; ; await pause(100)) {
    if (existsSync(join(home, '.s.PGSQL.5432'))) break;
    if (server.exitCode === null && Date.now() < until) continue;
    await postgres.stop();
    throw new Error(`PostgreSQL doesn’t start: ${words}`);
  }
  return postgres;
}

/** Of `postgres (PostgreSQL) 15.18 (Debian …)`. */
const versionOf = (said: string): string => `PostgreSQL ${/ ([\d.]+)/.exec(said)?.[1] ?? ''}`;

/** For root, somebody else whose the folder is. */
async function unprivileged(home: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, someUser()]).toString()));
  await mkdir(home, { recursive: true });
  await chown(home, uid!, gid!);
  return { uid: uid!, gid: gid! };
}

function someUser(): string {
  for (const name of ['postgres', 'nobody']) {
    try {
      execFileSync('id', [name], { stdio: 'pipe' });
      return name;
    } catch {
      // The next one.
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.');
}

const END = 'gdtx-bench-end';

/** psql, fed with one statement at a time; its \\timing says how long the server took, with the way there and back. */
class Psql implements PostgresSession {
  private output = '';
  private errors = '';
  private isOver = false;
  private arrived: () => void = () => {};
  private readonly input: Writable;

  constructor(private readonly child: ChildProcess) {
    this.input = child.stdin!;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.arrived();
    });
    child.stderr!.on('data', (text: Buffer) => (this.errors += text.toString()));
    child.once('exit', () => {
      this.isOver = true;
      this.arrived();
    });
    this.input.on('error', () => undefined);
    this.input.write('\\timing on\n');
  }

  async ask(statement: string): Promise<{ rows: string[]; milliseconds: number }> {
    this.input.write(`${statement};\n\\echo ${END}\n`);
    const lines = await this.untilEnd();
    const timed = lines.findLastIndex((line) => line.startsWith('Time: '));
    const milliseconds = Number(/^Time: ([\d.]+) ms/.exec(lines[timed] ?? '')?.[1]);
    return { rows: lines.slice(0, timed), milliseconds };
  }

  async copy(into: string, lines: Iterable<string>): Promise<void> {
    this.input.write(`COPY ${into} FROM STDIN;\n`);
    for (const line of lines) {
      if (!this.input.write(`${line}\n`) && !this.isOver) await once(this.input, 'drain');
    }
    this.input.write(`\\.\n\\echo ${END}\n`);
    await this.untilEnd();
  }

  async close(): Promise<void> {
    this.input.end('\\q\n');
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  private async untilEnd(): Promise<string[]> {
    while (!this.output.includes(`${END}\n`)) {
      if (this.isOver) throw new Error(`psql has ended: ${this.errors}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
    const [said] = this.output.split(`${END}\n`);
    this.output = '';
    return said!.split('\n').filter(Boolean);
  }
}
