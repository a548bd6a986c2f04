import { address, getJson, post, type ApiProblem } from './client.js';

/** A fact as this page sends it; the platform's `/docs` describes its data. */
export interface SentFact {
  /** Its own for good: what is sent again with the same one counts once. */
  id: string;
  /** The unit in whose name it is said. */
  source: string;
  /** `vn.gdtx.inspections.ProgressReported.v1` */
  type: string;
  data: Record<string, unknown>;
}

/** What became of it. */
export type FactResult =
  | { status: 'accepted' | 'duplicate'; unit: string; seq: number; hash: string }
  | { status: 'refused'; refusal: { slug: string; message: string; path?: string; retryable?: boolean } };

/** Records a fact; rejects with an ApiProblem where the platform doesn't answer what became of it. */
export async function recordFact(fact: SentFact): Promise<FactResult> {
  const { results } = await post<{ results: FactResult[] }>('/v1/facts', eventOf(fact));
  return results[0]!;
}

/** Records several, each by itself; what became of them comes in the order sent. */
export async function recordFacts(facts: readonly SentFact[]): Promise<FactResult[]> {
  const { results } = await post<{ results: FactResult[] }>('/v1/facts', facts.map(eventOf));
  return results;
}

/** A CloudEvent, as the platform takes it. */
function eventOf({ id, source, type, data }: SentFact) {
  return { specversion: '1.0', id, source: `urn:gdtx:unit:${source}`, type, data };
}

/**
 * Comes back once an entry is in what the platform shows of a unit; it gives up quietly after a few seconds, since the live line tells
 * of it too.
 */
export async function untilShown(service: string, { unit, seq }: { unit: string; seq: number }, of: string) {
  const path = address('/v1/figures', { indicator: 'centres', unit: of, after: `${service}/${unit}/${seq}` });
  for (let asked = 0; asked < 3; asked += 1) {
    const status = await getJson(path).then(
      () => 200,
      (error: unknown) => (error as ApiProblem).status,
    );
    if (status !== 504) return;
  }
}
