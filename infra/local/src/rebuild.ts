import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { localHome } from '@gdtx/publisher/local-run';
import { livingHolder } from './home-lock.js';
import { keptEnvironment } from './service-environment.js';

const PROGRAM = fileURLToPath(new URL('../../../services/dashboard/dist/rebuild/main.js', import.meta.url));

/**
 * `npm run rebuild`: rebuilds the read model of the platform that the environment names (that of its dashboard), or of the local run.
 * Answers the exit code.
 */
export async function rebuild(args: readonly string[]): Promise<number> {
  const env = await environment(process.env);
  if (typeof env === 'string') {
    console.error(env);
    return 2;
  }
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: 'inherit' });
  // It stops in order, and says so.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 2;
}

async function environment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv | string> {
  if (env.MONGODB_URI && env.KAFKA_BROKERS && env.SERVICE_KEY_FILE) return env;
  const home = localHome(env);
  const kept = await keptEnvironment(home, 'dashboard');
  if (!kept || !(await livingHolder(home)))
    return `No local run is working on ${home}: npm start first, or name another platform by its dashboard's environment.`;
  return { ...env, ...kept };
}
