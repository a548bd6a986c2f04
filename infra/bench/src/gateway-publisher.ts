import type { Platform } from '@gdtx/local/platform';
import type { PublishedFact } from './facts.js';
import type { HttpClient } from './http-client.js';

export interface Receipt {
  id: string;
  unit: string;
  seq: number;
}

export interface Publisher {
  /** Rejects unless all are accepted, now or when they were sent before. */
  publish(facts: readonly PublishedFact[]): Promise<Receipt[]>;
}

interface Answer {
  accepted: number;
  duplicate: number;
  results: (Receipt & { status: string; refusal?: { message: string } })[];
}

/** A publisher with a token of its own. */
export async function publisherAt(
  platform: Platform,
  client: HttpClient,
  who: { sub: string; roles: string[]; units: string[] },
): Promise<Publisher> {
  const token = await platform.token({ ...who, expiresIn: '8h' });
  const headers = { authorization: `Bearer ${token}` };
  return {
    async publish(facts) {
      const answer = await client.post<Answer>('/v1/facts', facts, headers);
      if (answer.accepted + answer.duplicate === facts.length) return answer.results;
      const refused = answer.results.find(({ status }) => status === 'refused');
      throw new Error(`a fact was not accepted: ${JSON.stringify(refused)}`);
    },
  };
}
