import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { root, say } from './clone.mjs';
import { runNode, tool } from './run-tool.mjs';

const IMAGE = 'proto/image.binpb';
const buf = tool('@bufbuild', 'buf', 'bin', 'buf');

const STEPS = [
  { name: 'types', script: tool('typescript', 'bin', 'tsc'), args: ['-p', 'tsconfig.check.json'] },
  { name: 'web types', script: tool('typescript', 'bin', 'tsc'), args: ['-p', 'services/dashboard/web/tsconfig.json'] },
  {
    name: 'eslint',
    script: tool('eslint', 'bin', 'eslint.js'),
    args: ['.', '--max-warnings=0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  },
  {
    name: 'prettier',
    script: tool('prettier', 'bin', 'prettier.cjs'),
    args: ['--check', '--log-level=warn', '--cache', '.'],
    hint: 'npm run format lays them out.',
  },
  {
    name: 'dependencies',
    script: tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    args: ['--config', '.dependency-cruiser.mjs', 'libs', 'services', 'infra'],
    hint: '.dependency-cruiser.mjs says why each of these rules is there.',
  },
  { name: 'buf lint', script: buf, args: ['lint'] },
  {
    name: 'buf breaking',
    script: buf,
    args: ['breaking', '--against', IMAGE],
    needs: IMAGE,
    hint:
      `A contract that others may already speak was changed so that they no longer understand it: add instead of changing, or make a v2. ` +
      `Once a release has taken additions in, renew the image: npx buf build -o ${IMAGE}`,
  },
];

/** Each holds a gigabyte or so. */
const AT_ONCE = Math.min(2, availableParallelism());

/** Runs every step, also after one has failed, some at once, and answers the exit code. */
export async function check() {
  const results = new Array(STEPS.length);
  const steps = STEPS.entries();
  const lane = async () => {
    for (const [place, step] of steps) results[place] = await runStep(step);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const failed = results.filter((each) => !each.ok);
  say('');
  for (const each of results)
    say(`${each.ok ? 'ok    ' : 'FAILED'}  ${each.name.padEnd(14)} ${each.seconds.padStart(5)} s`);
  say(
    failed.length === 0
      ? 'All checks passed.'
      : `${failed.length} of ${results.length} checks failed: ${failed.map((each) => each.name).join(', ')}.`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function runStep({ name, script, args, needs, hint }) {
  if (needs && !existsSync(path.join(root, needs))) {
    say(`${name}: failed, ${needs} is missing. Make it: npx buf build -o ${needs}`);
    return { name, ok: false, seconds: '0.0' };
  }
  const { ok, output, seconds } = await runNode(script, args, { name });
  say(`${name}: ${ok ? 'ok' : 'failed'}, ${seconds} s`);
  if (!ok) {
    if (output.trim()) say(output.trimEnd());
    if (hint) say(hint);
  }
  return { name, ok, seconds };
}
