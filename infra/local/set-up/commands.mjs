import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { home, root, say, SetUpError } from './clone.mjs';
import { check } from './check.mjs';
import { compile } from './compiled.mjs';
import { generate } from './generated.mjs';
import { install } from './installed.mjs';
import { test } from './test.mjs';
import { buildWeb } from './web.mjs';

/** Runs one command and answers its exit code, or undefined for `start`, which lives on. */
export async function run(command, args) {
  switch (command) {
    case 'start':
      await setUp();
      await import('../dist/main.js');
      return undefined;
    case 'reset':
      return reset();
    case 'test':
      await setUp();
      return test(args);
    case 'faults': {
      await setUp();
      const { tryFaults } = await import('../../faults/dist/main.js');
      return tryFaults(args);
    }
    case 'bench': {
      await setUp();
      const { bench } = await import('../../bench/dist/main.js');
      return bench(args);
    }
    case 'simulate': {
      await setUp();
      const { simulate } = await import('../../simulate/dist/main.js');
      return simulate(args);
    }
    case 'rebuild': {
      await setUp();
      const { rebuild } = await import('../dist/rebuild.js');
      return rebuild(args);
    }
    case 'check':
      await install();
      await generate();
      return check();
    default:
      throw new SetUpError(
        'Say what to do: node infra/local/bootstrap.mjs start | reset | test | faults | bench | simulate | rebuild | check.',
      );
  }
}

async function setUp() {
  if (process.platform === 'win32') {
    throw new SetUpError('The local run needs Linux or macOS: on Windows, run it in WSL.');
  }
  await install();
  await generate();
  await compile();
  await buildWeb();
}

async function reset() {
  if (!existsSync(home)) {
    say(`There is nothing to clear: ${path.relative(root, home) || home} does not exist.`);
    return 0;
  }
  const compiled = new URL('../dist/reset.js', import.meta.url);
  // Sources that don't compile just now are no reason to keep old data.
  if (!existsSync(compiled)) await setUp();
  const { reset: clear } = await import(compiled.href);
  await clear(home, say);
  return 0;
}
