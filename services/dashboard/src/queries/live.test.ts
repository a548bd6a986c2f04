import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Response } from 'express';
import { sendLive } from './live.js';

test('a stream ends with the token that it was asked with, and follows nothing any more', async () => {
  let followers = 0;
  const follow = () => {
    followers++;
    return () => void followers--;
  };
  const server = createServer((_, res) => sendLive(res as Response, follow, () => true, Date.now() + 100));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(followers).toBe(1);
  expect(await answer.text()).toContain('what changed');
  expect(followers).toBe(0);
  server.close();
});
