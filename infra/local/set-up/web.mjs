import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root, say, SetUpError } from './clone.mjs';
import { runTool, tool } from './run-tool.mjs';
import process from 'node:process';

const WEB = path.join(root, 'services/dashboard/web');
const BUILT = path.join(WEB, 'dist');
const COMPRESSED = /\.(html|js|css|svg|json|geojson)$/;

/** Builds the web application when its sources, or what it is made of, have changed; with a br and a gz beside each text. */
export async function buildWeb() {
  const stamp = path.join(BUILT, '.made-from');
  const now = await fingerprint();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return;
  say('Building the web application (vite build).');
  const vite = tool('vite', 'bin', 'vite.js');
  const done = await runTool(process.execPath, [vite, 'build', WEB, '--logLevel', 'warn'], { name: 'vite build' });
  if (!done.ok) {
    console.error(done.output.trimEnd());
    throw new SetUpError('The web application could not be built (the places stand above): mend it, then try again.');
  }
  await compress();
  await writeFile(stamp, now);
  say(`Built it in ${done.seconds} s.`);
}

async function compress() {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  for (const file of await filesOf(BUILT)) {
    if (!COMPRESSED.test(file)) continue;
    const plain = await readFile(file);
    await writeFile(`${file}.br`, await brotli(plain, { params }));
    await writeFile(`${file}.gz`, await zip(plain, { level: 9 }));
  }
}

async function fingerprint() {
  const hash = createHash('sha256');
  const sources = (await filesOf(WEB)).filter((file) => !file.startsWith(BUILT) && !file.includes('/node_modules/'));
  for (const file of [...sources.sort(), path.join(root, 'package-lock.json')]) {
    hash.update(path.relative(root, file)).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesOf(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
}
