import { Worker } from 'node:worker_threads';
import type { Behind, FoldShare } from './catch-up.js';
import type { ProjectorCounts } from './core.js';

/** What a thread is given to fold a share. */
export interface ThreadWork {
  brokers: readonly string[];
  clientId: string;
  topicPrefix: string;
  services: readonly string[];
  mongodbUri: string;
  database: string;
  maxBytes: number;
  share: readonly Behind[];
}

export type ThreadNews =
  { what: 'counts'; counts: ProjectorCounts } | { what: 'warning'; message: string; detail: Record<string, unknown> };

/** Compiled, also where what starts it is not: a thread has no other loader than Node's own. */
const PROGRAM = new URL('./catch-up-thread.js', import.meta.url.replace('/src/projector/', '/dist/projector/'));
/** In megabytes. What a batch leaves behind is thrown away at once; the documents lie outside of the heap. */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 96 };

/** Folds a share in a thread of its own, with connections of its own. */
export function inThreads(
  work: Omit<ThreadWork, 'share'>,
  warn: (message: string, detail: Record<string, unknown>) => void,
): FoldShare {
  return async (share, signal, report) => {
    const workerData: ThreadWork = { ...work, share };
    // Of what this process was started with, a thread needs nothing: telemetry is the process' own.
    const worker = new Worker(PROGRAM, { workerData, execArgv: [], resourceLimits: LIMITS });
    const stop = () => worker.postMessage('stop');
    signal.addEventListener('abort', stop);
    try {
      await new Promise<void>((resolve, reject) => {
        worker.on('message', (news: ThreadNews) => {
          if (news.what === 'counts') report(news.counts);
          else warn(news.message, news.detail);
        });
        worker.on('error', reject);
        worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with code ${code}`))));
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}
