import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, say, SetUpError } from './clone.mjs';
import { runNode, tool } from './run-tool.mjs';

const GENERATED = 'libs/contracts/src/gen';

/** Generates the TypeScript of the contracts when the contracts, or the generator, have changed. */
export async function generate() {
  const stamp = path.join(root, GENERATED, '.made-from');
  const now = await fingerprint();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return;
  say('Generating the contracts from proto/ (buf generate).');
  const done = await runNode(tool('@bufbuild', 'buf', 'bin', 'buf'), ['generate', '--clean'], { name: 'buf generate' });
  if (!done.ok) {
    console.error(done.output.trimEnd());
    throw new SetUpError(
      'The contracts in proto/ could not be generated (buf says why above): mend them, then try again.',
    );
  }
  await writeFile(stamp, now);
  say(`Generated them in ${done.seconds} s.`);
}

async function fingerprint() {
  const hash = createHash('sha256');
  const protos = (await readdir(path.join(root, 'proto'), { recursive: true }))
    .filter((file) => file.endsWith('.proto'))
    .sort();
  const files = [
    'buf.gen.yaml',
    'buf.yaml',
    'node_modules/ts-proto/package.json',
    ...protos.map((file) => `proto/${file}`),
  ];
  for (const file of files) hash.update(file).update(await readFile(path.join(root, file)));
  return hash.digest('hex');
}
