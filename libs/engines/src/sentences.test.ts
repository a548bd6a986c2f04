import { describe, expect, test } from '@jest/globals';
import { explainKafka } from './kafka.js';
import { explainMongod } from './mongod-explained.js';
import { withDatabase } from './engines.js';
import { fileSystemRefusal } from './set-up-error.js';
import { linkIn } from './simple-index.js';
import { javaMajor } from './surroundings.js';
import { transferProgress } from './progress.js';

const ended = (lastWords: string, signal: string | null = null) => ({ lastWords, code: 127, signal, port: 20000 });

describe('why mongod does not start', () => {
  test.each([
    ['libcurl.so.4', 'libcurl4'],
    ['libssl.so.3', 'libssl3'],
    ['libcrypto.so.3', 'libssl3'],
    ['liblzma.so.5', 'liblzma5'],
  ])('%s is missing: which package brings it', (library, debian) => {
    const words = `/x/mongod: error while loading shared libraries: ${library}: cannot open shared object file: No such file or directory`;
    expect(explainMongod(ended(words))).toBe(
      `mongod needs ${library}, which this system lacks: apt-get install ${debian} brings it.`,
    );
  });

  test('a library that is not known, an old C library, another one, an old processor', () => {
    expect(explainMongod(ended('error while loading shared libraries: libx.so.1: cannot open'))).toMatch(
      /libx\.so\.1.*MONGODB_URI/,
    );
    expect(explainMongod(ended("mongod: version `GLIBC_2.34' not found"))).toMatch(/too old/);
    expect(explainMongod(ended('\nENOENT'))).toMatch(/glibc/);
    expect(explainMongod(ended('', 'SIGILL'))).toMatch(/AVX/);
  });

  test('a port taken, a full disk, data in use, and what nobody knows', () => {
    expect(explainMongod(ended('Address already in use'))).toMatch(/Port 20000 .* try again/);
    expect(explainMongod(ended('No space left on device'))).toMatch(/disk is full/);
    expect(explainMongod(ended('DBPathInUse: Unable to lock'))).toMatch(/GDTX_HOME/);
    expect(explainMongod(ended('something else'))).toBeUndefined();
  });
});

test('why Kafka does not start', () => {
  expect(explainKafka('java.net.BindException: Address already in use', 9092)).toMatch(/Port 9092 .* try again/);
  expect(explainKafka('No space left on device', 1)).toMatch(/disk is full/);
  expect(explainKafka('There is insufficient memory for the Java Runtime', 1)).toMatch(/about 1 GB/);
  expect(explainKafka('something else', 1)).toBeUndefined();
});

test('what the file system refuses', () => {
  const of = (code: string) => fileSystemRefusal(Object.assign(new Error(), { code }), '/data')?.message;
  expect(of('EACCES')).toBe(
    'No permission to write /data: make it writable for this user, or choose another folder (GDTX_HOME is where data goes, GDTX_CACHE where downloads go).',
  );
  expect(of('ENOSPC')).toMatch(/is full/);
  expect(of('EROFS')).toMatch(/read-only/);
  expect(of('ENOTDIR')).toMatch(/a file stands in its way/);
  expect(of('ECONNRESET')).toBeUndefined();
});

test('the major version of Java', () => {
  expect(javaMajor('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(javaMajor('java version "1.8.0_391"')).toBe(8);
  expect(javaMajor('openjdk version "25" 2025-09-16')).toBe(25);
  expect(javaMajor('no such thing')).toBeUndefined();
});

describe('a database in a MongoDB address', () => {
  test.each([
    ['mongodb://127.0.0.1:1/?replicaSet=rs0', 'mongodb://127.0.0.1:1/gdtx?replicaSet=rs0'],
    ['mongodb://a:1,b:2', 'mongodb://a:1,b:2/gdtx'],
    ['mongodb+srv://u:p@a.example/admin?w=majority', 'mongodb+srv://u:p@a.example/gdtx?w=majority&authSource=admin'],
    ['mongodb://u:p@a/x?authSource=y', 'mongodb://u:p@a/gdtx?authSource=y'],
    ['mongodb://a/x', 'mongodb://a/gdtx'],
  ])('%s', (uri, expected) => expect(withDatabase(uri, 'gdtx')).toBe(expected));

  test('another address is refused', () => {
    expect(() => withDatabase('http://a', 'gdtx')).toThrow('MONGODB_URI is no mongodb:// address');
  });
});

describe('a link in a package index', () => {
  test('in its JSON', () => {
    const page = JSON.stringify({ files: [{ filename: 'a.whl', url: '../../f/a.whl' }] });
    expect(linkIn(page, 'a.whl')).toBe('../../f/a.whl');
    expect(linkIn(page, 'b.whl')).toBeUndefined();
  });

  test('in its page', () => {
    const page = '<a href="/f/1/a%2Bb.whl#sha256=12" data-x="y">a+b.whl</a><br/><a href="/f/c.whl?x=1&amp;y=2">';
    expect(linkIn(page, 'a+b.whl')).toBe('/f/1/a%2Bb.whl');
    expect(linkIn(page, 'd.whl')).toBeUndefined();
  });
});

test('progress is said at the beginning, every three seconds, and at the end', () => {
  const said: string[] = [];
  let now = 0;
  const progress = transferProgress(
    'kafka',
    4_000_000,
    (line) => said.push(line),
    () => now,
  );
  progress.add(1_000_000);
  now = 3_100;
  progress.add(1_000_000);
  now = 4_000;
  progress.add(2_000_000);
  progress.done();
  expect(said).toEqual([
    'Downloading kafka, 4.0 MB.',
    '  kafka: 2.0 MB of 4.0 MB.',
    'Downloaded kafka, 4.0 MB in 4.0 s.',
  ]);
});
