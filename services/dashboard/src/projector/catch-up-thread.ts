import { parentPort, workerData } from 'node:worker_threads';
import mongoose from 'mongoose';
import { foldShare } from './catch-up-share.js';
import type { ThreadNews, ThreadWork } from './catch-up-threads.js';
import { createMongoStore } from './mongo-store.js';

// The program of a thread that folds a share: see catch-up-threads.ts.

const { share, mongodbUri, database, ...work } = workerData as ThreadWork;
const tell = (news: ThreadNews) => parentPort!.postMessage(news);
const stopped = new AbortController();
parentPort!.once('message', () => stopped.abort());

const connection = await mongoose
  .createConnection(mongodbUri, { serverSelectionTimeoutMS: 5000, autoIndex: false })
  .asPromise();
try {
  await foldShare(
    {
      ...work,
      store: createMongoStore(connection.useDb(database)),
      log: (level, message, detail = {}) => {
        if (level === 'warn' || level === 'error') tell({ what: 'warning', message, detail });
      },
    },
    share,
    stopped.signal,
    (counts) => tell({ what: 'counts', counts }),
  );
} finally {
  await connection.close();
  parentPort!.close();
}
