import { request, type IncomingMessage } from 'node:http';

/** Reads `/v1/live` as a browser does, and remembers when each ledger's change came. */
export interface LiveReader {
  /** When (by performance.now()) this entry had become part of the figures; undefined while it hasn't. */
  shownAt(unit: string, seq: number): number | undefined;
  events(): number;
  close(): void;
}

/** Resolves when the stream is open. One event may speak for several entries of a ledger: those up to its own. */
export async function readLive(gatewayUrl: string, token: string, service: string): Promise<LiveReader> {
  const shown = new Map<string, { seq: number; at: number }[]>();
  let events = 0;
  const sent = request(new URL('/v1/live', gatewayUrl), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end();
  });
  if (response.statusCode !== 200) throw new Error(`/v1/live answered ${response.statusCode}`);
  const take = (line: string) => {
    if (!line.startsWith('id: ')) return;
    const [of, unit, seq] = line.slice('id: '.length).split('/') as [string, string, string];
    if (of !== service) return;
    events += 1;
    const event = { seq: Number(seq), at: performance.now() };
    const known = shown.get(unit);
    if (known) known.push(event);
    else shown.set(unit, [event]);
  };
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    lines.forEach(take);
  });
  // Breaking off is how the stream ends.
  response.on('error', () => undefined);
  return {
    shownAt: (unit, seq) => shown.get(unit)?.find((event) => event.seq >= seq)?.at,
    events: () => events,
    close: () => sent.destroy(),
  };
}
