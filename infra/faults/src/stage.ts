import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngines, type Engines } from '@gdtx/engines/engines';
import { startPlatform, type Platform } from '@gdtx/local/platform';
import type { FaultStage } from './fault.js';
import { patiently } from './tools/patiently.js';
import { createRandom } from './random.js';

export interface StageOptions {
  home: string;
  name: string;
  seed: string;
  facts: number;
  say(sentence: string): void;
  /** Engines that are there already and stay; its own ones when left out. */
  shared?: () => Promise<Engines>;
}

/** The services' logs tell what they did between two strikes. */
const LOG_LEVEL = process.env['LOG_LEVEL'] ?? 'info';

/** What a service process inherits: nothing of engines or databases that happen to be set where this runs. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { KAFKA_BROKERS: _k, MONGODB_URI: _m, ...env } = process.env;
  return { ...env, LOG_LEVEL };
}

/** One fault's stage, and how to clear it; what fails while it is cleared is thrown after everything was tried. */
export function setStage(options: StageOptions): { stage: FaultStage; clear(): Promise<void> } {
  const { home, name, seed, facts, say, shared } = options;
  const undo: (() => Promise<unknown> | void)[] = [];
  const platforms: Platform[] = [];
  let own: Promise<Engines> | undefined;
  let used: Promise<Engines> | undefined;
  const startOwn = async () => {
    const engines = await patiently(() => startEngines({ home, env: plainEnvironment() }));
    say(`Kafka answers at ${engines.kafkaBrokers.join(',')}, MongoDB at ${engines.mongodbUri}.`);
    return engines;
  };
  const stage: FaultStage = {
    home,
    facts,
    say,
    random: createRandom(`${seed}/${name}`),
    topicPrefix: `faults.${name}.`,
    databasePrefix: `faults_${name.replaceAll('-', '_')}_`,
    // Asked for often, and always the same.
    engines: () => (used ??= shared ? shared() : (own = startOwn())),
    async platform(more = {}) {
      await mkdir(home, { recursive: true });
      const platform = await startPlatform({
        // The first one's process ids lie where a later run looks for what this one may leave behind.
        home: platforms.length === 0 ? home : join(home, `platform-${platforms.length + 1}`),
        engines: await stage.engines(),
        topicPrefix: stage.topicPrefix,
        databasePrefix: stage.databasePrefix,
        env: plainEnvironment(),
        log: (line) => /crashed|could not|has not stopped/.test(line) && say(line.split('\n')[0]!),
        ...more,
      });
      platforms.push(platform);
      return platform;
    },
    atEnd: (work) => void undo.push(work),
  };
  const clear = async () => {
    const problems: unknown[] = [];
    const attempt = (work: () => Promise<unknown> | void) =>
      Promise.resolve()
        .then(work)
        .catch((error: unknown) => problems.push(error));
    for (let work = undo.pop(); work; work = undo.pop()) await attempt(work);
    for (let platform = platforms.pop(); platform; platform = platforms.pop()) await attempt(platform.stop);
    const engines = await own?.catch(() => undefined);
    if (engines) await attempt(() => engines.stop());
    if (problems.length > 0) throw problems[0];
  };
  return { stage, clear };
}
