import { publish, type Result } from '@gdtx/publisher/publish';
import type { LoadFact } from './fact.js';

const PATIENCE_MS = 40_000;
const LONGEST_WAIT_MS = 1_000;
const SHORTEST_WAIT_MS = 100;

export interface Sending {
  gatewayUrl: string;
  token: string;
  /** An array in one body, or a line a fact. */
  form: 'array' | 'lines';
}

/** What came of a try: answers of the facts that were answered, in the order sent, and how long to wait before the next one. */
export interface Try {
  results: Result[];
  waitMs: number;
  /** Why not all were answered. */
  trouble?: string;
}

/** Sends facts once. A gateway that isn't there, a broken connection and a 503 are values; anything else unexpected is thrown. */
export async function sendOnce(facts: readonly LoadFact[], { gatewayUrl, token, form }: Sending): Promise<Try> {
  if (form === 'lines') return sendLines(facts, gatewayUrl, token);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${gatewayUrl}/v1/facts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(facts.map(({ event }) => event)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch (error) {
    return { results: [], waitMs: SHORTEST_WAIT_MS, trouble: reasonOf(error) };
  }
  if (response.status === 503) {
    const seconds = Number(response.headers.get('retry-after'));
    if (!(seconds > 0)) throw new Error(`a 503 doesn't say when to come again: ${text.slice(0, 300)}`);
    return { results: [], waitMs: Math.min(LONGEST_WAIT_MS, seconds * 1000), trouble: '503' };
  }
  if (response.status !== 200 && response.status !== 207) {
    throw new Error(`the gateway answered ${response.status}: ${text.slice(0, 300)}`);
  }
  return { results: (JSON.parse(text) as { results: Result[] }).results, waitMs: SHORTEST_WAIT_MS };
}

/** As `gdtx publish` does. */
async function sendLines(facts: readonly LoadFact[], url: string, token: string): Promise<Try> {
  const results: Result[] = [];
  const lines = facts.map(({ event }) => `${JSON.stringify(event)}\n`);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await publish({ url, token, lines, signal, onResult: (result) => results.push(result) });
    return { results, waitMs: SHORTEST_WAIT_MS };
  } catch (error) {
    return { results, waitMs: SHORTEST_WAIT_MS, trouble: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
