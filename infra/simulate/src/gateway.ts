import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@gdtx/publisher/failure';
import type { Result } from '@gdtx/publisher/publish';
import type { CloudEvent } from './nation/fact.js';

export interface Gateway {
  /** Sends facts, at most 5,000, and gives their fates in order; waits where the gateway asks for it. */
  send(facts: readonly CloudEvent[]): Promise<Result[]>;
}

/** About ten minutes. */
const MOST_TRIES = 90;
const LONGEST_PAUSE_MS = 10_000;
const TIMEOUT_MS = 120_000;

/** @throws Failure where the gateway refuses a whole batch, or isn't reached for minutes. */
export function gatewayAt(url: string, token: string): Gateway {
  const address = new URL('/v1/facts', url);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' };
  return {
    async send(facts) {
      const body = JSON.stringify(facts);
      for (let tries = 1; ; tries++) {
        const answer = await attempt(address, { method: 'POST', headers, body });
        if (answer.results) return answer.results;
        if (!answer.isPassing || tries === MOST_TRIES) throw new Failure(answer.why);
        await pause(Math.max(answer.retryAfterMs ?? 0, Math.min(LONGEST_PAUSE_MS, 250 * tries)));
      }
    },
  };
}

/** One sentence, unless a platform answers at the address and has what facts need. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  const answers = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? undefined : `Nothing answers at ${url}: npm start first, or say where it is with --url.`;
}

interface Answer {
  results?: Result[];
  /** Worth another try. */
  isPassing: boolean;
  retryAfterMs?: number;
  why: string;
}

async function attempt(address: URL, request: RequestInit): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await response.text();
  } catch (error) {
    // Anything may be sent again: what was taken in already comes back as a duplicate.
    return { isPassing: true, why: `${address.host} could not be asked: ${(error as Error).message}.` };
  }
  if (response.ok) return { results: (JSON.parse(text) as { results: Result[] }).results, isPassing: false, why: '' };
  const retryAfter = Number(response.headers.get('retry-after'));
  return {
    isPassing: response.status === 429 || response.status >= 500,
    ...(retryAfter > 0 && { retryAfterMs: Math.min(60_000, retryAfter * 1000) }),
    why: `The gateway answered ${response.status}: ${text.slice(0, 300)}`,
  };
}
