import type { ConnectionOptions } from './contract.js';
import type { AdminSession, Driver } from './driver.js';
import { kafkajsDriver } from './kafkajs-client.js';

/** Answers how long topics are; keeps one connection, made when first asked and again after a failure. */
export interface OffsetReader {
  /** The next offset of each partition, by partition number. Rejects while Kafka or the topic isn't there. */
  ends(topic: string): Promise<bigint[]>;
  close(): Promise<void>;
}

export function createOffsetReader(options: ConnectionOptions): OffsetReader {
  return readOffsetsWith(kafkajsDriver, options);
}

export function readOffsetsWith(driver: Driver, options: ConnectionOptions): OffsetReader {
  let session: Promise<AdminSession> | undefined;

  async function open(): Promise<AdminSession> {
    const admin = driver.admin(options);
    try {
      await admin.connect();
      return admin;
    } catch (error) {
      await admin.close();
      throw error;
    }
  }

  async function drop(): Promise<void> {
    const old = session;
    session = undefined;
    await old?.then((admin) => admin.close()).catch(() => {});
  }

  return {
    async ends(topic) {
      try {
        session ??= open();
        const ends = await (await session).ends(topic);
        return [...ends].sort(([a], [b]) => a - b).map(([, { high }]) => high);
      } catch (error) {
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}
