import type { StartedTestContainer } from 'testcontainers';
import type { Engine } from './engine.js';
import { kafkaAnswers } from './kafka-answers.js';
import { freePort, freePorts } from './ports.js';
import { isPrimary, REPLICA_SET } from './replica-set.js';
import type { OnProgress } from './progress.js';
import { SetUpError } from './set-up-error.js';
import { setTimeout as pause } from 'node:timers/promises';

/** Engines in containers, for machines with Docker. Their data goes with the containers, so they serve tests best. */

const READY_WITHIN_MS = 120_000;

/** Why no Docker engine answers, or undefined when one does. */
export async function dockerSilence(): Promise<string | undefined> {
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/\.$/, '');
  }
}

export async function startKafkaContainer(image: string, chosen: string, onProgress: OnProgress): Promise<Engine> {
  const { GenericContainer } = await import('testcontainers');
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  onProgress(`Starting a container of ${image} (Docker fetches the image if it has none).`);
  // Clients are sent to the advertised address, so the port is the same inside and outside.
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `PLAINTEXT://0.0.0.0:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: `1@127.0.0.1:${controllerPort}`,
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .start();
  return ready(containerEngine('kafka', container, `127.0.0.1:${port}`, chosen, () => kafkaAnswers(port)));
}

export async function startMongodbContainer(image: string, chosen: string, onProgress: OnProgress): Promise<Engine> {
  const { GenericContainer } = await import('testcontainers');
  const port = await freePort();
  onProgress(`Starting a container of ${image} (Docker fetches the image if it has none).`);
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: port })
    .withCommand([
      'mongod',
      '--replSet',
      REPLICA_SET,
      '--port',
      String(port),
      '--bind_ip_all',
      '--wiredTigerCacheSizeGB',
      '0.5',
    ])
    .start();
  const uri = `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;
  return ready(containerEngine('mongodb', container, uri, chosen, () => isPrimary(port)));
}

interface ContainerEngine extends Engine {
  ready(): Promise<void>;
}

async function ready(engine: ContainerEngine): Promise<Engine> {
  await engine.ready();
  return engine;
}

function containerEngine(
  name: Engine['name'],
  container: StartedTestContainer,
  address: string,
  chosen: string,
  answers: () => Promise<boolean>,
): ContainerEngine {
  let running = true;
  const ready = async () => {
    for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(100)) {
      if (await answers().catch(() => false)) return;
    }
    throw new SetUpError(
      `The container of ${name} did not answer within ${READY_WITHIN_MS / 1000} s: see docker logs ${container.getId().slice(0, 12)}.`,
    );
  };
  return {
    name,
    address,
    chosen,
    controllable: true,
    identity: container.getId(),
    running: () => running,
    pid: () => undefined,
    ready,
    start: async () => {
      if (running) return;
      await container.restart();
      running = true;
      await ready();
    },
    stop: async () => {
      running = false;
      await container.stop({ remove: false, removeVolumes: false, timeout: 30_000 });
    },
    kill: async () => {
      const { getContainerRuntimeClient } = await import('testcontainers');
      const client = await getContainerRuntimeClient();
      running = false;
      await client.container.dockerode.getContainer(container.getId()).kill();
    },
  };
}
