#!/usr/bin/env node
import { existsSync } from 'node:fs';
import process from 'node:process';

const compiled = new URL('../dist/cli.js', import.meta.url);
if (!existsSync(compiled)) {
  console.error('gdtx is not compiled yet: npm start (or npm run build) does that.');
  process.exit(2);
}
const { run } = await import(compiled.href);
process.exitCode = await run(process.argv.slice(2));
