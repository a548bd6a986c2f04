import { expect, test } from '@jest/globals';
import { NotPublished, type OutgoingMessage } from './contract.js';
import type { Confirmed, Driver, ProducerSession } from './driver.js';
import { createEntryProducer } from './producer.js';

type Send = (messages: readonly OutgoingMessage[]) => Promise<Confirmed[]>;

/** A client whose sends are scripted; says what was asked of it. */
function scripted(...sends: Send[]) {
  const said: string[] = [];
  let inFlight = 0;
  let most = 0;
  const driver = {
    producer(): ProducerSession {
      const name = `p${said.filter((line) => line.endsWith('connect')).length + 1}`;
      return {
        connect: async () => void said.push(`${name} connect`),
        async send(messages) {
          said.push(`${name} ${messages.map(({ value }) => String(value)).join(',')}`);
          most = Math.max(most, (inFlight += 1));
          try {
            return await (sends.shift() ?? confirm)(messages);
          } finally {
            inFlight -= 1;
          }
        },
        discard: () => void said.push(`${name} discard`),
        close: async () => void said.push(`${name} close`),
      };
    },
  } as Partial<Driver> as Driver;
  const producer = createEntryProducer(driver, { brokers: [], clientId: 'test', sendTimeoutMs: 50 });
  return { producer, said, most: () => most };
}

const message = (value: string, partition = 0): OutgoingMessage => ({
  topic: 't',
  partition,
  value: Buffer.from(value),
});
const confirm: Send = async (messages) => messages.map(({ topic, partition }) => ({ topic, partition, errorCode: 0 }));
const later: Send = async (messages) => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return confirm(messages);
};
const never: Send = () => new Promise(() => {});

test('one batch is in flight at a time, in the order of the calls', async () => {
  const { producer, said, most } = scripted(later, later, later);
  await Promise.all(['a', 'b', 'c'].map((value) => producer.sendBatch([message(value)])));
  expect(said).toEqual(['p1 connect', 'p1 a', 'p1 b', 'p1 c']);
  expect(most()).toBe(1);
});

test('an empty batch asks nothing of anybody', async () => {
  const { producer, said } = scripted();
  await producer.sendBatch([]);
  expect(said).toEqual([]);
});

test('a failure is NotPublished with its cause, and the next batch goes over a new connection', async () => {
  const { producer, said } = scripted(() => Promise.reject(new Error('connection lost')));
  const first = producer.sendBatch([message('a')]);
  const second = producer.sendBatch([message('b')]);
  await expect(first).rejects.toThrow(NotPublished);
  await expect(first).rejects.toMatchObject({ cause: new Error('connection lost') });
  await second;
  expect(said).toEqual(['p1 connect', 'p1 a', 'p1 discard', 'p2 connect', 'p2 b']);
});

test('a send that never ends is given up, and its connection cut', async () => {
  const { producer, said } = scripted(never);
  await expect(producer.sendBatch([message('a')])).rejects.toThrow('not confirmed within 50 ms');
  await producer.sendBatch([message('a')]);
  expect(said).toEqual(['p1 connect', 'p1 a', 'p1 discard', 'p2 connect', 'p2 a']);
});

test('a batch that was given up sends nothing more when its answer comes late', async () => {
  let answer = () => {};
  const late: Send = (messages) => new Promise((resolve) => (answer = () => resolve(confirm(messages))));
  const { producer, said } = scripted(late);
  const twoRounds = Array.from({ length: 1_001 }, () => message('x'));
  await expect(producer.sendBatch(twoRounds)).rejects.toThrow(NotPublished);
  await producer.sendBatch([message('b')]);
  answer();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(said.slice(2)).toEqual(['p1 discard', 'p2 connect', 'p2 b']);
});

test('an answer that misses a partition is no confirmation', async () => {
  const { producer, said } = scripted(async () => [{ topic: 't', partition: 0, errorCode: 0 }]);
  await expect(producer.sendBatch([message('a'), message('b', 7)])).rejects.toThrow("doesn't mention t/7");
  expect(said.at(-1)).toBe('p1 discard');
});

test('an answer with an error code is no confirmation', async () => {
  const { producer } = scripted(async () => [{ topic: 't', partition: 0, errorCode: 19 }]);
  await expect(producer.sendBatch([message('a')])).rejects.toThrow('t/0 was answered with error 19');
});

test('closing waits for what was handed over, and takes nothing more', async () => {
  const { producer, said } = scripted(later);
  const sent = producer.sendBatch([message('a')]);
  const closed = producer.close();
  await expect(producer.sendBatch([message('b')])).rejects.toThrow('closed');
  await Promise.all([sent, closed]);
  expect(said).toEqual(['p1 connect', 'p1 a', 'p1 close']);
});
