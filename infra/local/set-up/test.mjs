import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { home, root, say } from './clone.mjs';
import { tool } from './run-tool.mjs';
import { add, lastLine, NONE, summarise } from './test-counts.mjs';

/**
 * Those on engines wait most of the time: one more than the processors of a small machine at once. End-to-end tests start whole
 * platforms, so they come after the others and two files at a time.
 */
const ROUNDS = [
  {
    name: 'tests',
    args: [
      '--maxWorkers=3',
      ...['/node_modules/', '/dist/', '\\.e2e\\.test\\.ts$'].map((path) => `--testPathIgnorePatterns=${path}`),
    ],
  },
  {
    name: 'e2e',
    args: ['--maxWorkers=2', '--testMatch=<rootDir>/{libs,services,infra}/**/{src,test}/**/*.e2e.test.ts'],
  },
];

/** Each Kafka of a test lives for seconds: it isn't worth the time that it takes to compile the best code for it. */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1';

/** On a busy machine a request to a service that has just started may well take seconds; longer than `eventually` waits. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Starts the engines once for all suites, runs jest, and prints as its last line `N passed, N failed, N skipped`.
 * Further arguments go to jest. The exit code is not 0 when a test failed or none ran.
 */
export async function test(jestArgs) {
  const { holdHome } = await import('../dist/home-lock.js');
  const { endLeftRuns } = await import('../dist/left-runs.js');
  const { clearEngines, startEngines } = await import('../../../libs/engines/dist/engines.js');
  const testHome = path.join(home, 'test');
  const temporary = path.join(testHome, 'tmp');
  const release = await holdHome(testHome, 'npm test');
  const run = { stopped: false, jest: undefined };
  const stop = (signal) => {
    run.stopped = true;
    run.jest?.kill(signal);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  // For the engines that tests start, too.
  const surroundings = {
    ...process.env,
    JAVA_TOOL_OPTIONS: [JAVA_OPTIONS, process.env.JAVA_TOOL_OPTIONS].filter(Boolean).join(' '),
  };
  let engines;
  let counts = NONE;
  try {
    await clearEngines(testHome);
    await endLeftRuns(temporary);
    await mkdir(temporary, { recursive: true });
    engines = await startEngines({ home: testHome, env: surroundings, onProgress: say });
    // Tests make their homes in here, so that what one that broke off has left running can be found and ended.
    const env = {
      ...surroundings,
      TMPDIR: temporary,
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      MONGODB_URI: engines.mongodbUri,
    };
    for (const round of ROUNDS) {
      if (!run.stopped) counts = add(counts, await runJest(round, jestArgs, env, run));
    }
  } finally {
    const left = await endLeftRuns(temporary);
    if (left.length > 0) say(`Stopped what tests had left running: ${left.join(', ')}.`);
    await engines?.stop();
    await release();
  }
  if (run.stopped) say('Stopped before all tests had run.');
  say(lastLine(counts));
  return run.stopped || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

async function runJest({ name, args }, jestArgs, env, run) {
  const results = path.join(home, 'test-results', `${name}.json`);
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', tool('jest', 'bin', 'jest.js')];
  const output = [
    '--passWithNoTests',
    '--testSequencer=<rootDir>/infra/local/set-up/test-order.mjs',
    '--json',
    `--outputFile=${results}`,
    '--cacheDirectory=node_modules/.cache/jest',
  ];
  // A suite that leaves something open must not hold up the count for ever; jest says so when it has to force its end.
  if (!jestArgs.some((arg) => arg.startsWith('--detectOpenHandles'))) output.push('--forceExit');
  if (!jestArgs.some((arg) => arg.startsWith('--testTimeout'))) output.push(`--testTimeout=${TEST_TIMEOUT_MS}`);
  const code = await new Promise((resolve) => {
    run.jest = spawn(process.execPath, [...node, ...args, ...output, ...jestArgs], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    run.jest.once('error', () => resolve(1)).once('close', resolve);
  });
  run.jest = undefined;
  const found = await readFile(results, 'utf8').then(JSON.parse, () => undefined);
  const counts = summarise(found);
  // A run may fail without a failed test, by a wrong option or an open handle: it must not pass unseen.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
