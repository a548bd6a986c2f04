import type { Response } from 'express';
import type { Change } from '../columns/follow.js';
import { madeOf } from '../indicators/catalogue.js';

const HEARTBEAT_MS = 15_000;
const MAX_WAITING_BYTES = 1_000_000;
/** The longest time that a timer can be set to; the stream may as well be opened anew by then. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Server-sent events: which figures changed, and by which entry. An event's id is `<service>/<unit>/<seq>`; a reader that was
 * away asks for its figures anew, since the stream keeps no past. It ends with the token that it was asked with, `until` (milliseconds
 * since the epoch): who comes back shows another one.
 */
export function sendLive(
  res: Response,
  follow: (listener: (change: Change) => void) => () => void,
  mayRead: (unit: string) => boolean,
  until: number,
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
  let left = false;
  const leave = () => {
    if (left) return;
    left = true;
    stop();
    clearInterval(heartbeat);
    clearTimeout(end);
  };
  const end = setTimeout(
    () => {
      leave();
      res.end();
    },
    Math.min(Math.max(0, until - Date.now()), LONGEST_MS),
  );
  res.on('close', leave);
}
