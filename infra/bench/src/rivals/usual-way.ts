import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@gdtx/engines/ports';

// The compiled one, also where this file runs uncompiled in a test.
const SERVER = fileURLToPath(new URL('../../dist/rivals/usual-way-server.js', import.meta.url));

export interface UsualWay {
  url: string;
  stop(): Promise<void>;
}

/** Starts the usual way as a process of its own, as our services are. */
export async function startUsualWay(at: {
  mongodbUri: string;
  brokers: readonly string[];
  topic: string;
}): Promise<UsualWay> {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, [SERVER], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      MONGODB_URI: at.mongodbUri,
      KAFKA_BROKERS: at.brokers.join(','),
      TOPIC: at.topic,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const listening = once(createInterface({ input: child.stdout }), 'line');
  await Promise.race([
    listening,
    ended.then(([code]) => {
      throw new Error(`the usual way did not start (exit code ${code})`);
    }),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
