import { createServer } from 'node:net';

/** Below the range from which systems take the ports of outgoing connections, so that a port stays free while its engine restarts. */
const FIRST = 15_000;
const LAST = 29_999;
/** A process takes its ports from one hundredth of them. */
const PER_PROCESS = 150;
const SLICES = (LAST - FIRST + 1) / PER_PROCESS;

/** The ports that this process has handed out: their servers may not listen yet, or be stopped for a while. */
const givenOut = new Set<number>();

/** True when nothing listens on this TCP port of `host`, so that a server may. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * `count` different free TCP ports of `host`. Between being found and being listened on a port looks free to everyone: so a
 * process first takes ports that processes with near ids don't, and none twice.
 */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const found: number[] = [];
  for (const port of portsInOrder(process.pid)) {
    if (found.length === count) break;
    if (givenOut.has(port) || !(await isPortFree(port, host))) continue;
    givenOut.add(port);
    found.push(port);
  }
  if (found.length < count) throw new Error(`found no ${count} free ports between ${FIRST} and ${LAST} on ${host}`);
  return found;
}

/** One free TCP port of `host`. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return (await freePorts(1, host))[0]!;
}

/** All ports in the order in which the process of this id tries them: those of its own hundredth first. */
export function portsInOrder(pid: number): number[] {
  const slice = pid % SLICES;
  const all = Array.from({ length: SLICES * PER_PROCESS }, (_, at) => FIRST + at);
  return [...all.slice(slice * PER_PROCESS), ...all.slice(0, slice * PER_PROCESS)];
}
