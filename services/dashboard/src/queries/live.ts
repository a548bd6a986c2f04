import type { Request, Response } from 'express';
import type { Change } from '../columns/follow.js';
import { madeOf } from '../indicators/catalogue.js';

const HEARTBEAT_MS = 15_000;
const MAX_WAITING_BYTES = 1_000_000;

/**
 * Server-sent events: which figures changed, and by which entry. An event's id is `<service>/<unit>/<seq>`; a reader that was
 * away asks for its figures anew, since the stream keeps no past.
 */
export function sendLive(
  req: Request,
  res: Response,
  follow: (listener: (change: Change) => void) => () => void,
  mayRead: (unit: string) => boolean,
): void {
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  res.write('retry: 1000\n: what changed, as it changes\n\n');
  const stop = follow(({ service, unit, seq, indicators }) => {
    if (!mayRead(unit)) return;
    // A reader that doesn't keep up would fill the memory: it is let go, and comes back.
    if (res.writableLength > MAX_WAITING_BYTES) return void res.destroy();
    const changed = new Set(indicators.flatMap((id) => [id, ...madeOf(id)]));
    const data = JSON.stringify({ entry: { service, unit, seq }, indicators: [...changed].sort() });
    res.write(`event: figures\nid: ${service}/${unit}/${seq}\ndata: ${data}\n\n`);
  });
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS);
  req.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}
