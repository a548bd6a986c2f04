import { describe, expect, it } from '@jest/globals';
import { MAX_FACT_BYTES } from '../limits.js';
import { openEnvelope } from './envelope.js';

const event = {
  specversion: '1.0',
  id: 'f-1',
  source: 'urn:gdtx:unit:gdtx-son-la',
  type: 'vn.gdtx.programmes.LearnersEnrolled.v1',
  time: '2024-09-05T01:00:00Z',
  data: { class: 'k12-2024a', learners: { total: 42, female: 25 } },
};

function refusalOf(value: unknown) {
  const opened = openEnvelope(value);
  if (opened.ok) throw new Error('was opened');
  return { id: opened.id, slug: opened.refusal.slug, path: opened.refusal.path };
}

describe('an envelope', () => {
  it('names the owner, and hands the data on as JSON', () => {
    const opened = openEnvelope(event);
    if (!opened.ok) throw new Error(opened.refusal.message);
    expect(opened.owner).toBe('programmes');
    expect({ ...opened.fact, data: JSON.parse(opened.fact.data.toString()) }).toEqual({
      id: 'f-1',
      source: event.source,
      type: event.type,
      time: event.time,
      data: event.data,
    });
  });

  it.each([
    ['vn.gdtx.community-learning.TopicHeld.v1', 'community-learning'],
    ['vn.gdtx.provinces.ATypeThatNobodyHasYet.v7', 'provinces'],
  ])('is for the owner that its type begins with: %s', (type, owner) => {
    expect(openEnvelope({ ...event, type })).toMatchObject({ ok: true, owner });
  });

  it.each([
    ['without time', { time: undefined }, ''],
    ['with time null, which is the same', { time: null }, ''],
    ['with an unknown attribute that is null', { subject: null }, event.time],
    ['with its content type', { datacontenttype: 'application/json' }, event.time],
    ['with trace context', { traceparent: '00-1-2-01', tracestate: 'a=b' }, event.time],
  ])('is taken %s', (_, change, time) => {
    expect(openEnvelope({ ...event, ...change })).toMatchObject({ ok: true, fact: { time } });
  });

  it.each([
    ['another version', { specversion: '0.3' }, 'malformed', 'specversion'],
    ['no version', { specversion: undefined }, 'malformed', 'specversion'],
    ['an empty id', { id: '' }, 'malformed', 'id'],
    ['a number for an id', { id: 7 }, 'malformed', 'id'],
    ['an operator for an id', { id: { $gt: '' } }, 'malformed', 'id'],
    ['an id of 201 characters', { id: 'x'.repeat(201) }, 'malformed', 'id'],
    ['an id with a control character', { id: 'a\u0000b' }, 'malformed', 'id'],
    ['an id with half a character', { id: 'a\ud800' }, 'malformed', 'id'],
    ['no source', { source: undefined }, 'malformed', 'source'],
    ['an operator for a source', { source: { $gt: '' } }, 'malformed', 'source'],
    ['no type', { type: undefined }, 'malformed', 'type'],
    ['a list for a type', { type: ['vn.gdtx.programmes.X.v1'] }, 'malformed', 'type'],
    ['a number for a time', { time: 20240905 }, 'malformed', 'time'],
    ['another content type', { datacontenttype: 'text/xml' }, 'malformed', 'datacontenttype'],
    ['no data', { data: undefined }, 'malformed', 'data'],
    ['a list for data', { data: [] }, 'malformed', 'data'],
    ['a text for data', { data: '{}' }, 'malformed', 'data'],
    ['an unknown attribute', { subject: 'x' }, 'malformed', 'subject'],
    ['data in base64', { data_base64: 'e30=' }, 'malformed', 'data_base64'],
    ['a trace that is no text', { traceparent: 7 }, 'malformed', 'traceparent'],
    ['an owner that isn’t', { type: 'vn.gdtx.weather.RainFell.v1' }, 'type-unknown', 'type'],
    ['a service that owns nothing', { type: 'vn.gdtx.dashboard.Looked.v1' }, 'type-unknown', 'type'],
    ['somebody else’s type', { type: 'com.example.Thing' }, 'type-unknown', 'type'],
    ['an owner named by JavaScript', { type: 'vn.gdtx.constructor.X.v1' }, 'type-unknown', 'type'],
    ['a number that no computer holds', { data: { a: [1, { b: Infinity }] } }, 'malformed', 'data.a.1.b'],
    ['more data than one fact may have', { data: { note: 'x'.repeat(MAX_FACT_BYTES) } }, 'too-large', 'data'],
  ])('is refused with %s', (_, change, slug, path) => {
    const id = 'id' in change ? null : 'f-1';
    expect(refusalOf({ ...event, ...change })).toEqual({ id, slug, path });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('is refused with the key %s', (key) => {
    const sent = JSON.parse(
      `{"${key}":${key === 'prototype' ? 'null' : '{"id":"x"}'},${JSON.stringify(event).slice(1)}`,
    );
    expect(refusalOf(sent)).toEqual({ id: 'f-1', slug: 'malformed', path: key });
  });

  it.each([[null], [7], ['text'], [[event]], [true]])('is an object, not %j', (value) => {
    expect(refusalOf(value)).toEqual({ id: null, slug: 'malformed', path: '' });
  });

  it('is refused when it is nested without end, and nothing overflows', () => {
    const depth = 200_000;
    const data = JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    const { slug, path } = refusalOf({ ...event, data });
    expect(slug).toBe('malformed');
    expect(path).toMatch(/^data(\.a)+$/);
  });

  it('leaves what lies in the data to its owner', () => {
    const data = JSON.parse('{"__proto__":{"a":1},"learners":{"$gt":""},"n":9007199254740993,"count":-1}');
    const opened = openEnvelope({ ...event, data });
    if (!opened.ok) throw new Error(opened.refusal.message);
    const text = '{"__proto__":{"a":1},"learners":{"$gt":""},"n":9007199254740992,"count":-1}';
    expect(opened.fact.data.toString()).toBe(text);
  });
});
