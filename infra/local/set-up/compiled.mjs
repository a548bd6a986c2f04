import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, say, SetUpError } from './clone.mjs';
import { runNode, tool } from './run-tool.mjs';

const WORTH_SAYING_S = 3;

/** Compiles what has changed (tsc -b keeps its own account of that). */
export async function compile() {
  if (!existsSync(path.join(root, 'infra/local/dist'))) say('Compiling the TypeScript (tsc -b).');
  const done = await runNode(tool('typescript', 'bin', 'tsc'), ['-b'], { name: 'compiling TypeScript' });
  if (!done.ok) {
    console.error(done.output.trimEnd());
    throw new SetUpError('The TypeScript does not compile (the places stand above): mend it, then try again.');
  }
  if (Number(done.seconds) > WORTH_SAYING_S) say(`Compiled the TypeScript in ${done.seconds} s.`);
}
