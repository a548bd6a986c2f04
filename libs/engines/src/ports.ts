import { createServer } from 'node:net';

/** Below the range from which systems take the ports of outgoing connections, so that a port stays free while its engine restarts. */
const FIRST = 15_000;
const LAST = 29_999;

/** True when nothing listens on this TCP port of `host`, so that a server may. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** `count` different free TCP ports of `host`. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < 1000; tries++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (!found.has(port) && (await isPortFree(port, host))) found.add(port);
  }
  if (found.size < count) throw new Error(`found no ${count} free ports between ${FIRST} and ${LAST} on ${host}`);
  return [...found];
}

/** One free TCP port of `host`. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return (await freePorts(1, host))[0]!;
}
