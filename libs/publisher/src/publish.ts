import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from './failure.js';

/** What the platform says of one fact. */
export interface Result {
  /** Null when the line could not be read. */
  id: string | null;
  /** The line of what was sent, from 1. */
  line?: number;
  status: 'accepted' | 'duplicate' | 'refused';
  unit?: string;
  seq?: number;
  hash?: string;
  refusal?: { slug: string; message: string; path?: string; retryable?: boolean };
}

export interface Sums {
  accepted: number;
  duplicate: number;
  refused: number;
}

export interface Publication {
  /** The gateway, e.g. http://127.0.0.1:8080 */
  url: string;
  token: string;
  /** NDJSON: one CloudEvent a line. */
  lines: Readable | Iterable<string> | AsyncIterable<string | Buffer>;
  /** Called for each fact in the order of the answers, while the rest is still being sent. */
  onResult?: (result: Result) => void;
  /** Once aborted, breaks off; what was accepted by then stays. */
  signal?: AbortSignal | undefined;
}

const IDLE_MS = 120_000;

/**
 * Sends NDJSON to the gateway as a stream, and hears each fact's fate as it is decided. Anything may be sent again at any time:
 * what was accepted comes back as `duplicate`. Throws a Failure when the gateway isn't reached, refuses the whole, or breaks off.
 */
export async function publish({ url, token, lines, onResult, signal }: Publication): Promise<Sums> {
  const address = new URL('/v1/facts', url);
  const request = (address.protocol === 'https:' ? https : http).request(address, {
    method: 'POST',
    ...(signal && { signal }),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      accept: 'application/x-ndjson, application/problem+json',
    },
  });
  request.setTimeout(IDLE_MS, () => request.destroy(new Error(`it said nothing for ${IDLE_MS / 1000} s`)));
  const answering = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  // The gateway may answer with a refusal and close before all is sent: then its answer says more than our broken pipe.
  const sending = pipeline(Readable.from(lines), request).then(
    () => undefined,
    (error: Error) => error,
  );
  let response: http.IncomingMessage;
  try {
    response = await answering;
  } catch (error) {
    throw new Failure(`${address.host} could not be asked (${reason(error)}): is the platform running there?`, {
      cause: error,
    });
  }
  if (response.statusCode !== 200) throw new Failure(await problem(response));
  return read(response, sending, onResult);
}

async function read(
  response: http.IncomingMessage,
  sending: Promise<Error | undefined>,
  onResult: Publication['onResult'],
): Promise<Sums> {
  const counted: Sums = { accepted: 0, duplicate: 0, refused: 0 };
  let sums: Sums | undefined;
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
      if (!line.trim()) continue;
      const said = JSON.parse(line) as Result | Sums;
      if ('status' in said) {
        counted[said.status]++;
        onResult?.(said);
      } else if ('accepted' in said) sums = said;
    }
  } catch (error) {
    throw brokenOff(counted, error);
  }
  const sendingFailed = await sending;
  if (!sums || sendingFailed) throw brokenOff(counted, sendingFailed);
  return { accepted: sums.accepted, duplicate: sums.duplicate, refused: sums.refused };
}

function brokenOff({ accepted, duplicate, refused }: Sums, cause: unknown): Failure {
  return new Failure(
    `The connection broke off after ${accepted + duplicate + refused} answers (${reason(cause)}): ` +
      'send the file again, what was accepted is not counted twice.',
    { cause },
  );
}

async function problem(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    const { slug, detail, title } = JSON.parse(text) as Record<string, string | undefined>;
    return `The gateway refused the whole: ${detail ?? title ?? slug} (${response.statusCode}${slug ? ` ${slug}` : ''})`;
  } catch {
    return `The gateway answered ${response.statusCode}: ${text.slice(0, 200)}`;
  }
}

function reason(error: unknown): string {
  if (error === undefined) return 'without its last line';
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
