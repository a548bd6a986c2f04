import { readFile } from 'node:fs/promises';

/**
 * Says what keeps tokens from being verified: until the issuer's keys have been seen once. Later on the verifier keeps them
 * for a while, so that an issuer which is down for a moment doesn't close the door.
 */
export function issuerKeysSeen(address: string): () => Promise<string[]> {
  let seen = false;
  return async () => {
    if (seen) return [];
    try {
      const { keys } = JSON.parse(await textOf(new URL(address))) as { keys?: unknown };
      seen = Array.isArray(keys);
      return seen ? [] : [`There are no keys at ${address}.`];
    } catch (error) {
      return [`The keys that tokens are signed with can't be had from ${address}: ${(error as Error).message}.`];
    }
  };
}

async function textOf(url: URL): Promise<string> {
  if (url.protocol === 'file:') return readFile(url, 'utf8');
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response.text();
}
