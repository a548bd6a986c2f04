import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { holdHome, refuseIfHeld } from '../src/home-lock.js';
import { reset } from '../src/reset.js';

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gdtx-home-'));
  home = join(folder, 'home');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one run at a time holds a home; a second is told what to do', async () => {
  const release = await holdHome(home, 'npm start');
  await expect(holdHome(home, 'npm start')).rejects.toThrow(
    `npm start (process ${process.pid}) is running on ${home}: stop it with Ctrl-C in its terminal (or kill ${process.pid}), ` +
      'or set GDTX_HOME to another folder for a second one.',
  );
  await release();
  await (
    await holdHome(home, 'npm start')
  )();
  expect(await readdir(home)).toEqual([]);
});

test('the hold of a run that has died is taken over, also when its process id lives on as another', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => dead.once('exit', resolve));
  await holdHome(home, 'npm start', dead.pid);
  const release = await holdHome(home, 'npm start');
  await release();
  await writeFile(join(home, 'run.lock'), JSON.stringify({ pid: process.pid, what: 'npm start', line: 'another' }));
  await refuseIfHeld(home);
  await writeFile(join(home, 'run.lock'), '{"pid":');
  await (
    await holdHome(home, 'npm start')
  )();
});

test('reset clears a home on which nothing runs, and no other', async () => {
  const said: string[] = [];
  const release = await holdHome(home, 'npm start');
  await expect(reset(home, (line) => said.push(line))).rejects.toThrow(/is running on/);
  await release();
  await (
    await holdHome(join(home, 'test'), 'npm test')
  )();
  await reset(home, (line) => said.push(line));
  await expect(stat(home)).rejects.toThrow('ENOENT');
  expect(said).toEqual([`Cleared ${home}: the next npm start begins with empty ledgers.`]);
});

test('a home that cannot be made ends in a sentence', async () => {
  await writeFile(home, 'a file');
  await expect(holdHome(home, 'npm start')).rejects.toThrow(/a file stands in its way/);
  if (process.getuid?.() === 0) return; // root may write anywhere
  await chmod(folder, 0o500);
  await expect(holdHome(join(folder, 'other'), 'npm start')).rejects.toThrow(/No permission to write/);
});
