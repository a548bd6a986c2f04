import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
// @ts-expect-error kafkajs has types for its front door only
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
// @ts-expect-error likewise
import Connection from 'kafkajs/src/network/connection.js';
// @ts-expect-error likewise
import Encoder from 'kafkajs/src/protocol/encoder.js';
// @ts-expect-error likewise
import socketFactory from 'kafkajs/src/network/socketFactory.js';
import './kafkajs-mended.js';

afterEach(() => void jest.restoreAllMocks());

test('a member goes on beating when the clock is put back', async () => {
  let now = Date.UTC(2026, 0, 1);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const group = new ConsumerGroup({
    logger: { namespace: () => undefined },
    instrumentationEmitter: { emit: () => undefined },
  });
  let beats = 0;
  Object.assign(group, { memberId: 'm', coordinator: { heartbeat: async () => void (beats += 1) } });
  const beat = () => group.heartbeat({ interval: 2_000 });
  now += 3_000;
  await beat();
  await beat();
  expect(beats).toBe(1);
  now -= 3_600_000;
  await beat();
  await beat();
  expect(beats).toBe(2);
  now += 3_000;
  await beat();
  expect(beats).toBe(3);
});

/** What a broker sends: its length, the number of the request, the rest. */
function answer(correlationId: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(8, 0);
  bytes.writeInt32BE(correlationId, 4);
  bytes.writeInt32BE(value, 8);
  return bytes;
}

test('what came of an answer before its socket broke is forgotten by the next socket', async () => {
  const sockets: Socket[] = [];
  // The first socket breaks in the middle of an answer; the second one answers.
  const server = createServer((socket) => {
    const isFirst = sockets.push(socket) === 1;
    socket.on('error', () => undefined);
    socket.on('data', () => (isFirst ? socket.end(answer(0, 1).subarray(0, 9)) : socket.write(answer(1, 7))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const logger = { namespace: () => ({ debug() {}, error() {}, warn() {}, info() {} }) };
  const { port } = server.address() as AddressInfo;
  const connection = new Connection({
    ...{ host: '127.0.0.1', port, logger, socketFactory: socketFactory() },
    ...{ requestTimeout: 30_000, connectionTimeout: 30_000 },
  });
  const ask = () =>
    connection.send({
      request: { apiKey: 18, apiVersion: 0, apiName: 'ApiVersions', encode: async () => new Encoder() },
      response: { decode: async (payload: Buffer) => payload.readInt32BE(0), parse: async (value: number) => value },
    });
  try {
    await connection.connect();
    await expect(ask()).rejects.toThrow('Closed connection');
    await connection.connect();
    await expect(ask()).resolves.toBe(7);
  } finally {
    await connection.disconnect();
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});
