/** Reads through the gateway as an inspector does. */
export interface Ask {
  json<T>(path: string): Promise<T>;
  /** The lines of an NDJSON answer. */
  lines<T>(path: string): Promise<T[]>;
}

const PATIENCE_MS = 60_000;

/** Throws what isn't a 200. */
export function askWith(gatewayUrl: string, token: string): Ask {
  const text = async (path: string) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(gatewayUrl + path, { headers: { authorization: `Bearer ${token}` }, signal });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body.slice(0, 300)}`);
    return body;
  };
  return {
    json: async <T>(path: string) => JSON.parse(await text(path)) as T,
    lines: async <T>(path: string) =>
      (await text(path))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T),
  };
}
