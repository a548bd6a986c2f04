import { gzipSync } from 'node:zlib';
import { goodFact } from './bad-facts.js';
import type { SentBody } from './hostile-platform.js';

/** Bodies of which nothing can be taken: what is wrong, headers, the body, status and slug. */
export type BadBody = [
  what: string,
  headers: Record<string, string>,
  body: () => SentBody,
  status: number,
  slug: string,
];

const MB = 1024 * 1024;
const JSON_TYPE = {};
const of = (type: string) => ({ 'content-type': type });
const gzip = { 'content-encoding': 'gzip' };
const good = () => JSON.stringify(goodFact());

/** Comes piece by piece, so that nobody knows before how much it is. */
function streamed(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(left, 64 * 1024)).fill(0x20);
      left -= chunk.length;
      controller.enqueue(chunk);
      if (left === 0) controller.close();
    },
  });
}

export const BAD_BODIES: readonly BadBody[] = [
  ['nothing', JSON_TYPE, () => '', 400, 'malformed'],
  ['null', JSON_TYPE, () => 'null', 400, 'malformed'],
  ['a number', JSON_TYPE, () => '1e999', 400, 'malformed'],
  ['a text', JSON_TYPE, () => '"fact"', 400, 'malformed'],
  ['broken JSON', JSON_TYPE, () => good().slice(0, -5), 400, 'malformed'],
  ['broken JSON after a good fact', JSON_TYPE, () => `[${good()},{"specversion":`, 400, 'malformed'],
  ['two facts after each other', JSON_TYPE, () => good() + good(), 400, 'malformed'],
  ['NaN', JSON_TYPE, () => good().replace('"total":1', '"total":NaN'), 400, 'malformed'],
  ['Infinity', JSON_TYPE, () => good().replace('"total":1', '"total":Infinity'), 400, 'malformed'],
  ['a number with a leading zero', JSON_TYPE, () => good().replace('"total":1', '"total":01'), 400, 'malformed'],
  ['a comma too many', JSON_TYPE, () => `[${good()},]`, 400, 'malformed'],
  ['a comment', JSON_TYPE, () => `/* good */ ${good()}`, 400, 'malformed'],
  ['bytes that are no UTF-8', JSON_TYPE, () => Buffer.from(`["${'\xff\xfe'}"]`, 'latin1'), 400, 'malformed'],
  [
    'a character begun and not ended',
    JSON_TYPE,
    () => Buffer.from(good().replace('k12', 'k\xc3'), 'latin1'),
    400,
    'malformed',
  ],
  ['UTF-16', JSON_TYPE, () => Buffer.from(good(), 'utf16le'), 400, 'malformed'],
  [
    'half a character, encoded',
    JSON_TYPE,
    () => Buffer.from(good().replace('k12', '\xed\xa0\x80'), 'latin1'),
    400,
    'malformed',
  ],
  ['8 MB of brackets', JSON_TYPE, () => '['.repeat(8 * MB), 400, 'malformed'],
  ['brackets in brackets, closed', JSON_TYPE, () => `[${'['.repeat(MB)}${']'.repeat(MB)}]`, 207, 'malformed'],
  ['50 MB', JSON_TYPE, () => Buffer.alloc(50 * MB, 0x20), 413, 'too-large'],
  ['50 MB, in chunks', { ...JSON_TYPE }, () => streamed(50 * MB), 413, 'too-large'],
  ['50 MB packed into 50 kB', gzip, () => gzipSync(Buffer.alloc(50 * MB, 0x20)), 413, 'too-large'],
  [
    'a batch of 100,000',
    JSON_TYPE,
    () => JSON.stringify(Array.from({ length: 100_000 }, () => ({ id: 'x' }))),
    413,
    'too-large',
  ],
  [
    'a batch of 5,001',
    JSON_TYPE,
    () => JSON.stringify(Array.from({ length: 5_001 }, () => goodFact())),
    413,
    'too-large',
  ],
  ['a batch where one fact is said', of('application/cloudevents+json'), () => `[${good()}]`, 400, 'malformed'],
  ['one fact where a batch is said', of('application/cloudevents-batch+json'), good, 400, 'malformed'],
  ['gzip that is none', gzip, good, 400, 'malformed'],
  ['gzip that breaks off', gzip, () => gzipSync(good()).subarray(0, -12), 400, 'malformed'],
  ['another compression', { 'content-encoding': 'br' }, good, 415, 'unsupported-media-type'],
  ['no content type', of(''), good, 415, 'unsupported-media-type'],
  ['a form', of('application/x-www-form-urlencoded'), () => 'id=1&data[$gt]=', 415, 'unsupported-media-type'],
  [
    'XML',
    of('application/xml'),
    () => '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    415,
    'unsupported-media-type',
  ],
  ['text', of('text/plain'), good, 415, 'unsupported-media-type'],
  ['__proto__ for a content type', of('__proto__'), good, 415, 'unsupported-media-type'],
  ['constructor for a content type', of('constructor'), good, 415, 'unsupported-media-type'],
  ['another text encoding', of('application/json; charset=utf-16'), good, 415, 'unsupported-media-type'],
];
