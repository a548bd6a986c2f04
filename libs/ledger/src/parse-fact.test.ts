import { describe, expect, test } from '@jest/globals';
import { classRules } from '../test/rules.js';
import { commonRules } from './common-rules.js';
import { typeOf, type FactRule } from './fact.js';
import { sha256 } from './hashes.js';
import { parseFact, type SentFact } from './parse-fact.js';

const rules = new Map<string, FactRule<never>>(
  [...classRules, ...commonRules].map((rule) => [typeOf('programmes', rule.name), rule]),
);
const good = { class: 'k12', occurredOn: '2024-09-05', learners: { total: 42 } };
const sent = (data: unknown, more: Partial<SentFact> = {}): SentFact => ({
  id: '0192-1',
  source: 'urn:gdtx:unit:gdtx-a',
  type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
  time: '',
  data: typeof data === 'string' ? Buffer.from(data) : Buffer.from(JSON.stringify(data)),
  ...more,
});

/** The slug and path of a refusal, and its sentence. */
function refused(fact: SentFact): { slug: string; path: string; message: string } {
  const outcome = parseFact(fact, rules);
  if (outcome.ok) throw new Error('it was taken');
  const { slug, path, message, retryable } = outcome.refusal;
  expect(retryable).toBe(false);
  expect(message).toMatch(/^[^\n]{5,600}\.$/s);
  expect(message.isWellFormed()).toBe(true);
  return { slug, path, message };
}

describe('a fact of the right form', () => {
  test('is its protobuf message, with its keys and its canonical JSON', () => {
    const outcome = parseFact(sent('{"learners":{"total":42},"occurredOn":"2024-09-05","class":"k12"}'), rules);
    expect(outcome).toMatchObject({
      ok: true,
      parsed: {
        fact: { id: '0192-1', source: 'gdtx-a', data: { class: 'k12', learners: { total: 42 }, note: '' } },
        keys: ['class:gdtx-a/k12'],
        canonical: '{"class":"k12","learners":{"total":42},"occurredOn":"2024-09-05"}',
      },
    });
  });

  test('is the same fact whatever the order of its fields, its spaces and its time; nothing else is', () => {
    const contentOf = (fact: SentFact) => {
      const outcome = parseFact(fact, rules);
      if (!outcome.ok) throw new Error(outcome.refusal.message);
      return outcome.parsed.content.toString('hex');
    };
    const one = contentOf(sent(good));
    expect(one).toBe(
      sha256(
        '{"data":{"class":"k12","learners":{"total":42},"occurredOn":"2024-09-05"},' +
          '"source":"urn:gdtx:unit:gdtx-a","type":"vn.gdtx.programmes.LearnersEnrolled.v1"}',
      ).toString('hex'),
    );
    expect(contentOf(sent(' {"occurredOn":"2024-09-05","class":"k12", "learners" : {"total":4.2e1}} '))).toBe(one);
    expect(contentOf(sent(good, { time: '2024-09-05T01:00:00Z', id: 'other' }))).toBe(one);
    expect(contentOf(sent(good, { source: 'urn:gdtx:unit:gdtx-b' }))).not.toBe(one);
    expect(contentOf(sent({ ...good, learners: { total: 43 } }))).not.toBe(one);
    expect(contentOf(sent({ ...good, note: '' }))).not.toBe(one);
  });

  test.each(['2024-09-05T01:00:00Z', '2024-09-05T08:00:00.123456+07:00', ''])('has the time %j', (time) => {
    expect(parseFact(sent(good, { time }), rules).ok).toBe(true);
  });

  test('holds text in any script, and a count up to 2³¹ − 1', () => {
    const data = { ...good, learners: { total: 2 ** 31 - 1 }, note: 'Thái Nguyên 😀\tđã\nxong' };
    expect(parseFact(sent(data), rules).ok).toBe(true);
  });
});

describe('an envelope', () => {
  test.each([
    ['without an id', { id: '' }, 'malformed', 'id'],
    ['with an endless id', { id: 'x'.repeat(201) }, 'malformed', 'id'],
    ['with half a character in its id', { id: 'a\ud800' }, 'malformed', 'id'],
    ['of no type', { type: '' }, 'type-unknown', 'type'],
    ['of an unknown type', { type: 'vn.gdtx.programmes.Nothing.v1' }, 'type-unknown', 'type'],
    ['of a type of objects', { type: '__proto__' }, 'type-unknown', 'type'],
    ['of another service', { type: 'vn.gdtx.centres.LearnersEnrolled.v1' }, 'type-unknown', 'type'],
    ['of a version to come', { type: 'vn.gdtx.programmes.LearnersEnrolled.v2' }, 'type-unknown', 'type'],
    ['without a source', { source: '' }, 'malformed', 'source'],
    ['with a bare unit as source', { source: 'gdtx-a' }, 'malformed', 'source'],
    ['with an empty unit', { source: 'urn:gdtx:unit:' }, 'malformed', 'source'],
    ['with a path in its source', { source: 'urn:gdtx:unit:../vn' }, 'malformed', 'source'],
    ['with capitals in its source', { source: 'urn:gdtx:unit:GDTX' }, 'malformed', 'source'],
    ['with an endless source', { source: `urn:gdtx:unit:${'x'.repeat(81)}` }, 'malformed', 'source'],
    ['with a time that isn’t one', { time: 'yesterday' }, 'malformed', 'time'],
    ['with a day for a time', { time: '2024-09-05' }, 'malformed', 'time'],
    ['with a time of no calendar', { time: '2024-13-05T01:00:00Z' }, 'malformed', 'time'],
    ['with an endless time', { time: `2024-09-05T01:00:00.${'1'.repeat(1000)}Z` }, 'malformed', 'time'],
  ])('%s is refused', (_, more, slug, path) => {
    expect(refused(sent(good, more))).toMatchObject({ slug, path });
  });
});

describe('data', () => {
  const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
  test.each([
    ['that isn’t there', '', 'data'],
    ['that breaks off', '{"class":"k12"', 'data'],
    ['that isn’t JSON', 'class=k12', 'data'],
    ['with a comment', '{"class":"k12"/*x*/}', 'data'],
    ['with NaN', '{"class":NaN}', 'data'],
    ['that is null', 'null', 'data'],
    ['that is a number', '42', 'data'],
    ['that is a text', '"k12"', 'data'],
    ['that is a list', '[{"class":"k12"}]', 'data'],
    ['with an unknown field', { ...good, learner: 1 }, 'data.learner'],
    ['with an unknown field inside', { ...good, learners: { total: 1, men: 1 } }, 'data.learners.men'],
    ['without a field', { class: 'k12', learners: { total: 1 } }, 'data.occurredOn'],
    ['with null for a field', { ...good, class: null }, 'data.class'],
    ['with a number for a text', { ...good, class: 12 }, 'data.class'],
    ['with a text for a number', { ...good, learners: { total: '42' } }, 'data.learners.total'],
    ['with a list for an object', { ...good, learners: [42] }, 'data.learners'],
    ['with a count below zero', { ...good, learners: { total: -1 } }, 'data.learners.total'],
    ['with a count of 2³¹', { ...good, learners: { total: 2 ** 31 } }, 'data.learners.total'],
    [
      'with a count above all',
      '{"class":"k12","occurredOn":"2024-09-05","learners":{"total":1e400}}',
      'data.learners.total',
    ],
    ['with half a person', { ...good, learners: { total: 1.5 } }, 'data.learners.total'],
    ['with more women than people', { ...good, learners: { total: 1, female: 2 } }, 'data.learners.female'],
    ['with a day of no calendar', { ...good, occurredOn: '2024-02-30' }, 'data.occurredOn'],
    ['with a day as others write it', { ...good, occurredOn: '05/09/2024' }, 'data.occurredOn'],
    ['with a MongoDB operator for a text', { ...good, class: { $gt: '' } }, 'data.class.$gt'],
    ['with a MongoDB operator for a field', { ...good, $where: '1' }, 'data.$where'],
    ['with a MongoDB operator in a list', { ...good, note: [{ a: { $ne: 1 } }] }, 'data.note.0.a.$ne'],
    ['with __proto__', '{"class":"k12","__proto__":{"x":1}}', 'data.__proto__'],
    ['with __proto__ inside', '{"class":"k12","learners":{"__proto__":null}}', 'data.learners.__proto__'],
    ['with constructor', { ...good, constructor: 1 }, 'data.constructor'],
    ['with constructor inside', { ...good, learners: { constructor: { prototype: 1 } } }, 'data.learners.constructor'],
    ['with prototype', { ...good, prototype: 1 }, 'data.prototype'],
    ['with a control character', { ...good, note: 'a\u0000b' }, 'data.note'],
    ['with half a character', `{"class":"k12","note":"\\ud83d"}`, 'data.note'],
    ['with half a character for a field', `{"class":"k12","\\udc00":1}`, 'data.\ufffd'],
    ['without an end', { ...good, note: deep(13) }, `data.note${'.a'.repeat(12)}`],
    ['with an endless text', { ...good, note: 'x'.repeat(2001) }, 'data.note'],
  ])('%s is malformed', (_, data, path) => {
    expect(refused(sent(data))).toMatchObject({ slug: 'malformed', path });
  });

  test('that isn’t UTF-8 is malformed', () => {
    expect(refused(sent(good, { data: Buffer.from([0x7b, 0xff, 0x7d]) }))).toMatchObject({
      slug: 'malformed',
      path: 'data',
    });
  });

  test('that is larger than a message of Kafka may be is refused before it is read', () => {
    const much = Buffer.alloc(256 * 1024 + 1, '[');
    expect(refused(sent(good, { data: much }))).toMatchObject({ slug: 'too-large', path: 'data' });
    expect(refused(sent(good, { data: much.subarray(1) }))).toMatchObject({ slug: 'malformed' });
  });

  test('is answered in short sentences, however long the names in it are', () => {
    const { path, message } = refused(sent({ ...good, ['x'.repeat(100_000)]: 1 }));
    expect(path.length + message.length).toBeLessThan(300);
    expect(refused(sent({ ...good, [`$${'x'.repeat(100_000)}`]: 1 })).message.length).toBeLessThan(300);
  });

  test('is told what is missing and what must be', () => {
    expect(refused(sent({ ...good, class: undefined })).message).toBe('`class` is missing.');
    expect(refused(sent({ ...good, learners: { total: 1.5 } })).message).toBe('`total` must be a whole number.');
    expect(refused(sent({ ...good, class: 'K 12' })).message).toBe(
      '`class` must be an id of lower-case letters, digits, dots, underscores and hyphens.',
    );
    expect(refused(sent('[]')).message).toBe('`data` must be an object.');
  });

  test('of a withdrawal is held to the same, down to the fact that takes the place', () => {
    const withdrawal = (correction: unknown) =>
      sent(`{"unit":"gdtx-a","seq":1,"reason":"x","correction":${JSON.stringify(correction)}}`, {
        type: 'vn.gdtx.programmes.EntryWithdrawn.v1',
      });
    const type = 'vn.gdtx.programmes.LearnersEnrolled.v1';
    expect(parseFact(withdrawal({ id: 'c', type, data: good }), rules).ok).toBe(true);
    expect(refused(withdrawal({ id: 'c', type, data: { $set: 1 } })).path).toBe('data.correction.data.$set');
    expect(refused(withdrawal({ id: 'c', type, data: good, source: 'x' })).path).toBe('data.correction.source');
    expect(refused(withdrawal({ id: '', type, data: good })).path).toBe('data.correction.id');
    const large = sent(
      { unit: 'gdtx-a', seq: 1, reason: 'x', withdrawn: {} },
      { type: 'vn.gdtx.programmes.EntryWithdrawn.v1' },
    );
    expect(refused(large)).toMatchObject({ slug: 'malformed', path: 'data.withdrawn' });
    const endless = '{"unit":"gdtx-a","seq":1,"reason":"x","correction":{"id":"c","type":"t","data":1e999}}';
    expect(refused(sent(endless, { type: 'vn.gdtx.programmes.EntryWithdrawn.v1' })).path).toBe('data.correction.data');
  });
});
