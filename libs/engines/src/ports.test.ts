import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePorts, portsInOrder } from './ports.js';

describe('free ports', () => {
  it('are given to a process once, though nobody listens on them yet', async () => {
    const ports = [...(await freePorts(20)), ...(await freePorts(20))];
    expect(new Set(ports).size).toBe(40);
  });

  it('are first looked for where processes with near ids don’t look', () => {
    const [ours, theirs] = [portsInOrder(4_211), portsInOrder(4_212)];
    const first = new Set(ours.slice(0, 150));
    expect(theirs.slice(0, 150).filter((port) => first.has(port))).toEqual([]);
    expect(ours.toSorted((a, b) => a - b)).toEqual(theirs.toSorted((a, b) => a - b));
  });

  it('leave out what another listens on', async () => {
    const [expected] = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ port: expected! + 1, host: '127.0.0.1' }, resolve));
    const [next] = await freePorts(1);
    expect(next).toBe(expected! + 2);
    await new Promise((resolve) => server.close(resolve));
  });
});
