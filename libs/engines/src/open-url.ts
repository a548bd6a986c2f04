import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * GET over HTTP(S), by the proxy that the environment names. Node 20's own `fetch` knows no proxies, hence by hand:
 * HTTPS_PROXY / HTTP_PROXY / NO_PROXY in either case, proxies by `http://` with or without a password in the URL.
 * Not here: proxies by `https://` or SOCKS, PAC files, NTLM. Extra certificate authorities come from NODE_EXTRA_CA_CERTS, which Node reads.
 */

export type Env = Record<string, string | undefined>;

const IDLE_MS = 30_000;
const MOST_REDIRECTS = 5;

export class HttpStatusError extends Error {
  constructor(
    readonly status: number,
    url: string,
  ) {
    super(`${url} answered ${status}`);
  }
}

/** The proxy that a request to `url` goes by, or undefined for a direct one. */
export function proxyFor(url: URL, env: Env): URL | undefined {
  const secure = url.protocol === 'https:';
  const named = secure
    ? (env.HTTPS_PROXY ?? env.https_proxy ?? env.ALL_PROXY ?? env.all_proxy)
    : (env.HTTP_PROXY ?? env.http_proxy ?? env.ALL_PROXY ?? env.all_proxy);
  if (!named || bypasses(url.hostname, env.NO_PROXY ?? env.no_proxy ?? '')) return undefined;
  return new URL(named.includes('://') ? named : `http://${named}`);
}

function bypasses(host: string, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const name = entry.replace(/^\*?\./, '').replace(/:\d+$/, '');
      return name === '*' || host === name || host.endsWith(`.${name}`);
    });
}

/** Follows redirects and answers the open response of status 200; throws HttpStatusError for any other. */
export async function openUrl(
  address: string,
  { env = process.env, headers = {} }: { env?: Env; headers?: Record<string, string> } = {},
): Promise<IncomingMessage & { address: string }> {
  let url = new URL(address);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await request(url, env, headers);
    const status = response.statusCode ?? 0;
    if (status === 200) return Object.assign(response, { address: url.href });
    response.resume();
    if (status < 300 || status >= 400 || !response.headers.location) throw new HttpStatusError(status, url.href);
    url = new URL(response.headers.location, url);
  }
  throw new Error(`${address} redirects in a circle`);
}

async function request(url: URL, env: Env, headers: Record<string, string>): Promise<IncomingMessage> {
  const proxy = proxyFor(url, env);
  const socket = proxy ? await tunnel(url, proxy) : undefined;
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? https.get : http.get;
    const outgoing = get(
      url,
      {
        headers: { 'user-agent': 'gdtx', ...headers },
        agent: false,
        ...(socket && { createConnection: () => socket }),
      },
      resolve,
    );
    outgoing.setTimeout(IDLE_MS, () => outgoing.destroy(new Error(`${url.host} sent nothing for ${IDLE_MS / 1000} s`)));
    outgoing.once('error', reject);
  });
}

/** A connection to the host of `url` through the proxy's CONNECT, with TLS inside it when the URL asks for it. */
function tunnel(url: URL, proxy: URL): Promise<Socket> {
  if (proxy.protocol !== 'http:') throw new Error(`the proxy ${proxy.host} is not reached by http://`);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const authorization =
    proxy.username &&
    `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`;
  return new Promise((resolve, reject) => {
    const connecting = http.request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${url.hostname}:${port}`,
      headers: { host: `${url.hostname}:${port}`, ...(authorization && { 'proxy-authorization': authorization }) },
      agent: false,
    });
    connecting.setTimeout(IDLE_MS, () => connecting.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
    connecting.once('error', (error) => reject(new Error(`the proxy ${proxy.host}: ${error.message}`)));
    connecting.once('connect', (response, socket) => {
      connecting.setTimeout(0);
      if (response.statusCode !== 200) {
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} refused with ${response.statusCode}`));
      } else if (url.protocol === 'https:') {
        const secure = connectTls({ socket, servername: url.hostname }, () => resolve(secure));
        secure.once('error', reject);
      } else resolve(socket);
    });
    connecting.end();
  });
}
