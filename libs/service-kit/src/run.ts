import { ConfigError } from './config.js';
import { compactAtRest } from './heap-at-rest.js';
import { createLog, LOG_LEVELS } from './log.js';
import { flushTraces } from './trace-context.js';

/** A service that is up: how to stop it. */
export interface Running {
  stop(): Promise<void>;
}

/**
 * Starts a service as a process of its own: SIGTERM and SIGINT stop it in order (exit 0); a wrong environment ends it with
 * all problems at once (exit 78); anything unexpected ends it (exit 1), for the supervisor to start it again. At rest it gives memory back.
 */
export function runService(name: string, start: (env: NodeJS.ProcessEnv) => Promise<Running>): void {
  const log = createLog(name, bootLevel(process.env));
  let stopping = false;
  const die = (why: string) => (error: unknown) => {
    log.fatal({ err: error }, why);
    process.exit(1);
  };
  process.on('uncaughtException', die('an exception that nobody caught'));
  process.on('unhandledRejection', die('a rejection that nobody handled'));
  start(process.env).then((running) => {
    compactAtRest();
    const stop = (signal: string) => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      const late = setTimeout(() => process.exit(1), 15_000);
      late.unref();
      running
        .stop()
        .then(flushTraces)
        .then(() => process.exit(0), die('stopping failed'));
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  }, bootFailed(log));
}

function bootFailed(log: ReturnType<typeof createLog>) {
  return (error: unknown) => {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(78);
    }
    log.fatal({ err: error }, 'the service could not start');
    process.exit(1);
  };
}

/** A wrong one isn't for here: it is named with whatever else is wrong with the environment. */
export function bootLevel({ LOG_LEVEL }: NodeJS.ProcessEnv): string {
  return LOG_LEVELS.find((level) => level === LOG_LEVEL) ?? 'info';
}
