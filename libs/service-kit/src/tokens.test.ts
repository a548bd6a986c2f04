import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalIssuer, type LocalIssuer } from './local-issuer.js';
import { bearer, createTokenVerifier } from './tokens.js';

let home: string;
let issuer: LocalIssuer;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-tokens-'));
  issuer = await createLocalIssuer(home);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const fileUrl = () => pathToFileURL(join(home, 'issuer.jwks.json')).href;
const verifier = (url = fileUrl(), more = {}) =>
  createTokenVerifier({ TOKEN_JWKS_URL: url, TOKEN_ISSUER: issuer.issuer, TOKEN_AUDIENCE: issuer.audience, ...more });

describe('a bearer token', () => {
  it('says who is calling', async () => {
    const token = await issuer.sign({ sub: 'linh', roles: ['inspector', 'wizard'], units: ['vn'] });
    expect(await verifier()(token)).toEqual({ subject: 'linh', roles: ['inspector'], units: ['vn'] });
  });

  it('is verified against keys that are served', async () => {
    const served = await issuer.listen();
    expect(await verifier(served.url)(await issuer.sign({ roles: [] }))).toMatchObject({ roles: [], units: [] });
    await served.close();
  });

  it.each([
    ['missing', () => undefined, {}],
    ['no JWT', () => 'x.y.z', {}],
    ['expired', () => issuer.sign({ roles: [], expiresIn: '-1m' }), {}],
    ['of another issuer', () => issuer.sign({ roles: [] }), { TOKEN_ISSUER: 'urn:somebody' }],
    ['for another audience', () => issuer.sign({ roles: [] }), { TOKEN_AUDIENCE: 'somewhere' }],
    ['cut off', async () => (await issuer.sign({ roles: [] })).slice(0, -4), {}],
    ['of an algorithm that isn’t allowed', () => `${part({ alg: 'HS256', kid: 'local' })}.${part({})}.AAAA`, {}],
    ['signed by nobody', () => `${part({ alg: 'none' })}.${part({})}.`, {}],
    ['with a key that isn’t the issuer’s', () => `${part({ alg: 'EdDSA', kid: 'other' })}.${part({})}.AAAA`, {}],
    [
      'with a header that asks for more',
      () => `${part({ alg: 'EdDSA', b64: false, crit: ['b64'] })}.${part({})}.AA`,
      {},
    ],
  ])('that is %s is 401', async (_, token, settings) => {
    await expect(verifier(undefined, settings)(await token())).rejects.toMatchObject({ status: 401, slug: 'no-token' });
  });

  it('is not called bad when the keys can’t be had: that is 503', async () => {
    const token = await issuer.sign({ roles: [] });
    const broken = createServer((req, res) => {
      if (req.url === '/503') res.statusCode = 503;
      res.end(req.url === '/keys' ? '{"keys":7}' : 'no JSON');
    });
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
    for (const url of ['http://127.0.0.1:9/', `${at}/503`, `${at}/text`, `${at}/keys`, `${fileUrl()}.gone`]) {
      await expect(verifier(url)(token)).rejects.toMatchObject({ status: 503, slug: 'try-again' });
    }
    broken.closeAllConnections();
    await new Promise((resolve) => broken.close(resolve));
  });

  it('from a file that wasn’t there yet is verified once it is', async () => {
    const later = join(home, 'later');
    const verify = verifier(pathToFileURL(join(later, 'issuer.jwks.json')).href);
    await expect(verify('x')).rejects.toMatchObject({ status: 401 });
    const before = await issuer.sign({ roles: [] });
    await expect(verify(before)).rejects.toMatchObject({ status: 503 });
    const other = await createLocalIssuer(later);
    expect(await verify(await other.sign({ sub: 'later', roles: [] }))).toMatchObject({ subject: 'later' });
  });
});

describe('the authorization header', () => {
  it.each([
    ['Bearer a.b.c', 'a.b.c'],
    ['bearer  a.b.c', 'a.b.c'],
    ['Basic a', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    [undefined, undefined],
  ])('%s carries the token %s', (header, token) => {
    expect(bearer(header)).toBe(token);
  });
});

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
