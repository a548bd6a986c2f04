import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLocalIssuer } from '@gdtx/service-kit/local-issuer';
import { createTokenVerifier } from '@gdtx/service-kit/tokens';
import { refusalLine, run } from '../src/cli.js';
import { publish, type Result } from '../src/publish.js';
import { localToken } from '../src/token.js';

let folder: string;
let server: http.Server | undefined;
const before = { ...process.env };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gdtx-publisher-'));
  process.env.GDTX_HOME = folder;
});
afterEach(async () => {
  process.env = { ...before };
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function gateway(listener: RequestListener): Promise<string> {
  server = http.createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers as the gateway does: a line a fact, refused when it says so; then the sums. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sums = { accepted: 0, duplicate: 0, refused: 0 };
  let text = '';
  for await (const chunk of request) text += String(chunk);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  text
    .trim()
    .split('\n')
    .forEach((line, i) => {
      const { id, type } = JSON.parse(line) as { id: string; type: 'accepted' | 'duplicate' | 'refused' };
      sums[type]++;
      const refusal = { slug: 'unit-unknown', message: 'There is no such unit.', path: 'data/unit', retryable: false };
      response.write(`${JSON.stringify({ id, status: type, line: i + 1, ...(type === 'refused' && { refusal }) })}\n`);
    });
  response.end(`${JSON.stringify(sums)}\n`);
}

const fact = (id: string, type: Result['status']) => `${JSON.stringify({ id, type })}\n`;
const facts = [fact('a', 'accepted'), fact('b', 'duplicate'), fact('c', 'refused')];

/** Runs the command, and hears what it writes. */
async function gdtx(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const heard = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((heard.out += String(text)), true));
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((heard.err += String(text)), true));
  try {
    return { code: await run(argv), ...heard };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

describe('publishing', () => {
  test('hears each fact’s fate, and the sums', async () => {
    let authorization: string | undefined;
    const url = await gateway((request, response) => {
      authorization = request.headers.authorization;
      void answer(request, response);
    });
    const results: Result[] = [];
    const sums = await publish({ url, token: 't', lines: facts, onResult: (result) => results.push(result) });
    expect(sums).toEqual({ accepted: 1, duplicate: 1, refused: 1 });
    expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual(['a accepted', 'b duplicate', 'c refused']);
    expect(authorization).toBe('Bearer t');
  });

  test('a refusal of the whole is said as the gateway says it, also before all is sent', async () => {
    const url = await gateway((_, response) => {
      response.writeHead(401, { 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({ slug: 'no-token', title: 'no token', detail: 'The token has expired: ask for a new one.' }),
      );
    });
    await expect(publish({ url, token: 't', lines: facts })).rejects.toThrow(
      'The gateway refused the whole: The token has expired: ask for a new one. (401 no-token)',
    );
  });

  test('an answer without its last line is no success', async () => {
    const url = await gateway((request, response) => {
      request.resume();
      response
        .writeHead(200)
        .write('{"id":"a","status":"accepted"}\n', () => setTimeout(() => request.socket.destroy(), 20));
    });
    await expect(publish({ url, token: 't', lines: facts })).rejects.toThrow(
      /^The connection broke off after 1 answers .*: send the file again, what was accepted is not counted twice\.$/,
    );
  });

  test('a gateway that is not there is named', async () => {
    await expect(publish({ url: 'http://127.0.0.1:1', token: 't', lines: facts })).rejects.toThrow(
      '127.0.0.1:1 could not be asked (connect ECONNREFUSED 127.0.0.1:1): is the platform running there?',
    );
  });

  test('can be broken off', async () => {
    const url = await gateway((request) => void request.resume());
    const signal = AbortSignal.timeout(100);
    await expect(publish({ url, token: 't', lines: facts, signal })).rejects.toThrow(/aborted/);
  });
});

test('a refusal for a person', () => {
  const refusal = { slug: 'too-many', message: 'More than there are.', path: 'data/learners' };
  expect(refusalLine({ id: 'x', status: 'refused', line: 3, refusal })).toBe(
    'line 3, x: too-many at data/learners: More than there are.',
  );
  expect(refusalLine({ id: null, status: 'refused' })).toBe('a fact: refused:');
});

describe('gdtx token', () => {
  test('prints a token that the services trust, and nothing else', async () => {
    const issuer = await createLocalIssuer(join(folder, 'keys'));
    const { code, out, err } = await gdtx(
      'token',
      '--role',
      'centre-publisher',
      '--role',
      'inspector',
      '--unit',
      'gdtx-son-la',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\S+\n$/);
    const verify = createTokenVerifier({
      TOKEN_JWKS_URL: `file://${join(folder, 'keys', 'issuer.jwks.json')}`,
      TOKEN_ISSUER: issuer.issuer,
      TOKEN_AUDIENCE: issuer.audience,
    });
    expect(await verify(out.trim())).toEqual({
      subject: 'local-centre-publisher-inspector',
      roles: ['centre-publisher', 'inspector'],
      units: ['gdtx-son-la'],
    });
  });

  test('one that has expired is not trusted', async () => {
    const issuer = await createLocalIssuer(join(folder, 'keys'));
    const token = await localToken(folder, { roles: ['inspector'], units: [], expiresIn: '-1m' });
    const verify = createTokenVerifier({
      TOKEN_JWKS_URL: `file://${join(folder, 'keys', 'issuer.jwks.json')}`,
      TOKEN_ISSUER: issuer.issuer,
      TOKEN_AUDIENCE: issuer.audience,
    });
    await expect(verify(token)).rejects.toThrow('The token has expired');
  });

  test('without a run, with a role that is none, with a time that is none: a sentence', async () => {
    expect((await gdtx('token', '--role', 'inspector')).err).toBe(
      `The local run has never been started (${folder}/keys has no keys): npm start makes them.\n`,
    );
    await createLocalIssuer(join(folder, 'keys'));
    expect((await gdtx('token', '--role', 'king')).err).toMatch(/^There is no role king: the roles are inspector, /);
    const late = await gdtx('token', '--role', 'inspector', '--expires-in', 'soon');
    expect(late).toEqual({ code: 2, out: '', err: 'soon is no time that a token can last: say 8h, 30m or 7d.\n' });
  });
});

describe('gdtx publish', () => {
  test('sends a file, says what was refused, and counts', async () => {
    await createLocalIssuer(join(folder, 'keys'));
    const url = await gateway((request, response) => void answer(request, response));
    const file = join(folder, 'facts.ndjson');
    await writeFile(file, facts.join(''));
    expect(await gdtx('publish', file, '--url', url, '--role', 'registrar', '--unit', 'vn')).toEqual({
      code: 1,
      err: '',
      out: 'line 3, c: unit-unknown at data/unit: There is no such unit.\n1 accepted, 1 duplicate, 1 refused\n',
    });
  });

  test('without a file, without a sender: a sentence', async () => {
    expect((await gdtx('publish', join(folder, 'none'), '--token', 't')).err).toMatch(/can't be read/);
    const file = join(folder, 'facts.ndjson');
    await writeFile(file, '');
    expect((await gdtx('publish', file)).err).toMatch(/^Say who sends: --token/);
  });
});
