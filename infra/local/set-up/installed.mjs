import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root, say, SetUpError } from './clone.mjs';
import { runTool } from './run-tool.mjs';

/**
 * Installs the locked packages unless exactly these are installed: npm keeps a list of what it has put into node_modules, which is
 * held against package-lock.json. Install scripts are left out; no package of ours needs one.
 */
export async function install() {
  const locked = await packagesOf('package-lock.json');
  if (!locked)
    throw new SetUpError('package-lock.json is missing or damaged: git checkout package-lock.json, then try again.');
  const present = await packagesOf('node_modules/.package-lock.json');
  if (present && matches(locked, present)) return;
  const count = Object.values(locked).filter((each) => each.version && !each.link).length;
  say(`Installing ${count} packages (npm ci).`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const done = npm
    ? await runTool(process.execPath, [npm, ...args], { name: 'npm ci' })
    : await runTool('npm', args, { name: 'npm ci' });
  if (!done.ok) {
    console.error(done.output.trimEnd());
    throw new SetUpError(
      "The packages could not be installed (npm says why above): check the connection and npm's registry and proxy settings, then try again.",
    );
  }
  say(`Installed them in ${done.seconds} s.`);
}

/** Whether what is present is what is locked; packages for other systems may lack. */
export function matches(locked, present) {
  return Object.entries(locked).every(([name, wanted]) => {
    if (name === '') return true;
    const found = present[name];
    if (!found) return Boolean(wanted.optional || wanted.peer || !name.includes('node_modules'));
    return found.version === wanted.version && Boolean(found.link) === Boolean(wanted.link);
  });
}

async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
