import { mongo } from 'mongoose';

export const REPLICA_SET = 'rs0';
const NOT_YET_INITIALIZED = 94;
const PATIENCE_MS = 2_000;

/**
 * True when the mongod on this port is the primary of its set of one. Founds the set at the first start, and moves it to
 * `port` when another program had taken its former one.
 */
export async function isPrimary(port: number, host = `127.0.0.1:${port}`): Promise<boolean> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: PATIENCE_MS,
    connectTimeoutMS: PATIENCE_MS,
  });
  try {
    await client.connect();
    const admin = client.db('admin');
    if ((await admin.command({ hello: 1 })).isWritablePrimary) return true;
    const config = await admin
      .command({ replSetGetConfig: 1 })
      .then((answer) => answer.config as ReplicaSetConfig)
      .catch((error: unknown) => {
        if ((error as { code?: number }).code === NOT_YET_INITIALIZED) return undefined;
        throw error;
      });
    if (!config) {
      await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
    } else if (config.members[0]?.host !== host) {
      const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
      await admin.command({ replSetReconfig: moved, force: true });
    }
    return false;
  } finally {
    await client.close();
  }
}

interface ReplicaSetConfig {
  version: number;
  members: { host: string }[];
}
