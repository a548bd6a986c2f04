/** A problem document (RFC 9457), or that no answer came at all. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** With this header our calls say that they come from our page; the session's cookie says who we are. */
const OURS = { 'x-gdtx-page': '1' };

/** Answers of the platform as JSON; rejects with an ApiProblem. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, { headers: { ...OURS, accept: 'application/json' }, signal });
  return (await response.json()) as T;
}

/** Sends something; answers nothing or JSON. */
export async function post<T = void>(path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { ...OURS, 'content-type': 'application/json' };
  const response = await ask(path, { method: 'POST', headers, ...sent });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The lines of an NDJSON answer, while they come. */
export async function* getLines<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
  const response = await ask(path, { headers: { ...OURS, accept: 'application/x-ndjson' }, signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
  }
  if (rest !== '') yield JSON.parse(rest) as T;
}

/** `/v1/figures?indicator=…`; what is undefined, or what the platform takes anyway, isn't said. */
export function address(path: string, parameters: Record<string, string | number | undefined>): string {
  const said = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch((error: unknown) => {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiProblem(0, 'no-line', (error as Error).message);
  });
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as { slug?: string; detail?: string };
  throw new ApiProblem(response.status, told.slug ?? 'internal', told.detail ?? response.statusText);
}
