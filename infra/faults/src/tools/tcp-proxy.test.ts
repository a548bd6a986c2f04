import net from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.js';

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

/** An echo behind a proxy, and a connection to it. */
async function echo() {
  const server = net.createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(() => new Promise((resolve) => server.close(resolve)));
  const proxy = await TcpProxy.before(`127.0.0.1:${(server.address() as net.AddressInfo).port}`);
  closes.push(() => proxy.close());
  const [host, port] = proxy.address.split(':');
  const socket = net.connect({ host: host!, port: Number(port) });
  let heard = '';
  socket.on('data', (data) => (heard += String(data))).on('error', () => {});
  const hears = async (what: string) => {
    while (heard !== what) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { proxy, socket, hears, heard: () => heard };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('carries in both directions, in order', async () => {
  const { proxy, socket, hears } = await echo();
  proxy.latencyMs = 20;
  socket.write('one ');
  socket.write('two ');
  await hears('one two ');
  proxy.latencyMs = 0;
  socket.write('three');
  await hears('one two three');
});

test('is as late as it is told to be', async () => {
  const { proxy, socket, hears } = await echo();
  proxy.latencyMs = 60;
  const began = performance.now();
  socket.write('late');
  await hears('late');
  // There and back; timers may end a millisecond early.
  expect(performance.now() - began).toBeGreaterThanOrEqual(118);
});

test('carries nothing while it pauses, and loses nothing', async () => {
  const { proxy, socket, hears, heard } = await echo();
  proxy.pause();
  socket.write('x'.repeat(3_000_000));
  await pause(50);
  expect(heard()).toBe('');
  proxy.resume();
  await hears('x'.repeat(3_000_000));
});
