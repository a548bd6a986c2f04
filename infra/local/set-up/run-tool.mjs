import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { root, say } from './clone.mjs';

const STILL_AT_IT_MS = 10_000;

/** The path of an installed package's program, run by this very Node. */
export const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/**
 * Runs a program quietly and answers `{ ok, output, seconds }`; while it takes long, says so every ten seconds.
 * With `show`, its output goes straight to the terminal.
 */
export function runTool(command, args, { name, env = process.env, show = false } = {}) {
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
  const waiting = name && !show && setInterval(() => say(`  still at it: ${name}, ${seconds()} s`), STILL_AT_IT_MS);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => chunks.push(Buffer.from(error.message)));
    child.once('close', (code) => {
      clearInterval(waiting);
      resolve({ ok: code === 0, code, output: Buffer.concat(chunks).toString('utf8'), seconds: seconds() });
    });
  });
}

/** Runs a script of an installed package. */
export const runNode = (script, args, options) => runTool(process.execPath, [script, ...args], options);
