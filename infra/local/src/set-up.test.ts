import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

/** The set-up is plain JavaScript, without types to check against. */
interface Package {
  version?: string;
  link?: boolean;
  optional?: boolean;
}
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
const { matches } = (await import('../set-up/installed.mjs' as string)) as {
  matches: (locked: Record<string, Package>, present: Record<string, Package>) => boolean;
};
const { add, lastLine, summarise } = (await import('../set-up/test-counts.mjs' as string)) as {
  summarise: (results?: object) => Counts;
  add: (a: Counts, b: Counts) => Counts;
  lastLine: (counts: Counts) => string;
};

interface Sequencer {
  sort(tests: object[]): { path: string }[];
}
const { FIRST, default: TestOrder } = (await import('../set-up/test-order.mjs' as string)) as {
  FIRST: string[];
  default: new (options: object) => Sequencer;
};
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

describe('the order of tests', () => {
  test('names suites that there are', () => {
    expect(FIRST.filter((suite) => !existsSync(ROOT + suite))).toEqual([]);
  });

  test('has the long ones first, then those on engines, then those that only compute', () => {
    const context = {
      config: { cacheDirectory: '/nowhere', id: 'none', testPathIgnorePatterns: [] },
      hasteFS: { getSize: () => 1 },
    };
    const named = (path: string) => ({ path: `/clone/${path}`, context });
    const asked = ['libs/a/src/a.test.ts', FIRST[1]!, 'libs/a/test/b.int.test.ts', FIRST[0]!];
    const order = new TestOrder({ contexts: [], globalConfig: {} }).sort(asked.map(named));
    expect(order.map(({ path }) => path.replace('/clone/', ''))).toEqual([
      ...[FIRST[0], FIRST[1]],
      ...['libs/a/test/b.int.test.ts', 'libs/a/src/a.test.ts'],
    ]);
  });
});

describe('whether the locked packages are installed', () => {
  const locked = {
    '': { version: '0.1.0' },
    'libs/kafka': { version: '0.1.0' },
    'node_modules/@gdtx/kafka': { link: true },
    'node_modules/zod': { version: '4.1.0' },
    'node_modules/only-on-macos': { version: '1.0.0', optional: true },
  };
  const present = {
    'node_modules/@gdtx/kafka': { link: true },
    'libs/kafka': { version: '0.1.0' },
    'node_modules/zod': { version: '4.1.0' },
  };

  test('all there, but for what is for other systems', () => expect(matches(locked, present)).toBe(true));

  test('another version, one missing, a new workspace: not', () => {
    expect(matches(locked, { ...present, 'node_modules/zod': { version: '4.0.0' } })).toBe(false);
    expect(matches({ ...locked, 'node_modules/jose': { version: '6.0.0' } }, present)).toBe(false);
    expect(matches({ ...locked, 'node_modules/@gdtx/ledger': { link: true } }, present)).toBe(false);
  });
});

describe('the counts of a test run', () => {
  const results = {
    ...{ numPassedTests: 10, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, numRuntimeErrorTestSuites: 1 },
  };

  test('a suite that could not run is a failure, and what is still to be written is skipped', () => {
    expect(summarise(results)).toEqual({ passed: 10, failed: 2, skipped: 3 });
  });

  test('a run that left no results has failed', () => {
    expect(summarise(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('rounds add up to the last line', () => {
    const sum = add(summarise(results), { passed: 5, failed: 0, skipped: 0 });
    expect(lastLine(sum)).toBe('15 passed, 2 failed, 3 skipped');
  });
});
