import { OURS } from './world.js';

type Get = (target: string, headers?: string[]) => string;
type Post = (headers: string[]) => string;

/** What no HTTP client would send: what is wrong, the bytes, the status of the answer; undefined: none comes. */
export type BadHttp = [
  what: string,
  parts: (get: Get, post: Post) => (string | Buffer)[],
  allowed: (number | undefined)[],
];

/** The heads of calls with this token. */
export function heads(token: string): { get: Get; post: Post } {
  const said = ['host: x', `authorization: Bearer ${token}`];
  const head = (first: string, more: string[]) => [first, ...said, ...more, '', ''].join('\r\n');
  return {
    get: (target, more = []) => head(`GET ${target} HTTP/1.1`, ['connection: close', ...more]),
    post: (more) => head('POST /v1/facts HTTP/1.1', ['content-type: application/json', ...more]),
  };
}

export const BAD_HTTP: readonly BadHttp[] = [
  ['a line break in a header', (get) => [get('/v1/units', ['x-a: b\rx-c: d'])], [400]],
  ['a NUL in a header', (get) => [get('/v1/units', ['x-a: b\0c'])], [400]],
  ['a header that goes on in the next line', (get) => [get('/v1/units', ['x-a: b', ' c: d'])], [400]],
  ['a header without a name', (get) => [get('/v1/units', [': x'])], [400]],
  ['a line break in the address, encoded', (get) => [get('/v1/units?q=a%0d%0aset-cookie:%20b=c')], [200]],
  ['a line break in the token', (get) => [get('/v1/units').replace('Bearer ', 'Bearer a\r\n b')], [400]],
  ['100 kB of headers', (get) => [get('/v1/units', [`x-a: ${'b'.repeat(100_000)}`])], [431]],
  [
    '10,000 headers',
    (get) => [
      get(
        '/v1/units',
        Array.from({ length: 10_000 }, (_, i) => `x-${i}: 1`),
      ),
    ],
    [431],
  ],
  ['an address of 100 kB', (get) => [get(`/v1/units?q=${'x'.repeat(100_000)}`)], [431]],
  ['an address with a step up', (get) => [get('/v1/figures/../../metrics')], [404]],
  ['an address with an encoded step up', (get) => [get('/v1/centres/%2e%2e/%2e%2e/metrics')], [404]],
  ['an address with an encoded slash', (get) => [get('/v1/ledgers/programmes/..%2f..%2fmetrics')], [404]],
  ['an address with a backslash', (get) => [get('/v1/centres/..\\..\\metrics')], [404]],
  ['an address of another host', (get) => [get('http://127.0.0.1:9/v1/units')], [200, 404]],
  ['bytes in the address', (get) => [Buffer.from(get('/v1/units/\xff\xfe'), 'latin1')], [400, 404]],
  ['two lengths', (_, post) => [post(['content-length: 2', 'content-length: 20']), '[]'], [400]],
  ['a length and chunks', (_, post) => [post(['content-length: 2', 'transfer-encoding: chunked']), '0\r\n\r\n'], [400]],
  ['a length below zero', (_, post) => [post(['content-length: -1']), '[]'], [400]],
  ['a length that is none', (_, post) => [post(['content-length: 1e3']), '[]'], [400]],
  ['chunks that are none', (_, post) => [post(['transfer-encoding: chunked']), 'xyz\r\n[]\r\n0\r\n\r\n'], [400]],
  ['another transfer encoding', (_, post) => [post(['transfer-encoding: gzip, chunked, identity']), '[]'], [400, 501]],
  ['a body shorter than it says', (_, post) => [post(['content-length: 100']), '[]'], [undefined]],
  ['a method that is none', (get) => [get('/v1/units').replace('GET', 'G\x01T')], [400]],
  ['a method of nobody', (get) => [get('/v1/units').replace('GET', 'FETCH')], [400]],
  ['a version of nobody', (get) => [get('/v1/units').replace('HTTP/1.1', 'HTTP/7.3')], [400]],
  ['no host', (get) => [get('/v1/units').replace('host: x\r\n', '')], [400]],
  ['no HTTP at all', () => [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01])], [400]],
  ['the way to another host', () => ['CONNECT 127.0.0.1:9 HTTP/1.1\r\nhost: x\r\n\r\n'], [400, 404, 405, undefined]],
  ['PUT', (get) => [get('/v1/facts').replace('GET', 'PUT')], [404, 405]],
  ['DELETE', (get) => [get(`/v1/ledgers/programmes/${OURS}`).replace('GET', 'DELETE')], [405]],
  ['POST to a read', (get) => [get('/v1/figures').replace('GET', 'POST')], [405]],
  ['an expectation of nobody', (_, post) => [post(['content-length: 2', 'expect: 200-ok']), '[]'], [417]],
];
