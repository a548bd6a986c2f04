import { event, OURS, THEIRS, type Event } from './world.js';

/** Facts that are to be refused: what is wrong, the fact as text, its refusal's slug and path. */
export type BadFact = [what: string, text: string, slug: string, path: string];

let sent = 0;
/** A fact that nothing is wrong with, and each time another one. */
export function goodFact(data: object = {}, envelope: object = {}): Event {
  const learners = { class: 'k12', occurredOn: '2024-09-06', learners: { total: 1 }, ...data };
  return { ...event(`good-${++sent}`, 'programmes/LearnersEnrolled', OURS, learners), ...envelope };
}

const HERE = '"here"';
/** A good fact with something else in its data, or in its envelope. */
const data = (more: object) => JSON.stringify(goodFact(more));
const envelope = (more: object) => JSON.stringify(goodFact({}, more));
/** The same with JSON that JSON.stringify doesn't write, where the text says "here". */
const written = (text: string, json: string) => text.replace(HERE, json);
const learners = (json: string) => written(data({ learners: { total: 'here' } }), json);
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const LONG = 'x'.repeat(10_000);
const OPERATOR = { $gt: '' };

const OF_THE_ENVELOPE: BadFact[] = [
  ['an operator for an id', envelope({ id: OPERATOR }), 'malformed', 'id'],
  ['no id', envelope({ id: undefined }), 'malformed', 'id'],
  ['an id of 10,000 characters', envelope({ id: LONG }), 'malformed', 'id'],
  ['a NUL in the id', envelope({ id: 'a\u0000b' }), 'malformed', 'id'],
  ['a line break in the id', envelope({ id: 'a\r\nb' }), 'malformed', 'id'],
  ['half a character in the id', written(envelope({ id: 'here' }), '"\\udc00"'), 'malformed', 'id'],
  ['a number for an id', envelope({ id: 7 }), 'malformed', 'id'],
  ['another version', envelope({ specversion: '0.3' }), 'malformed', 'specversion'],
  ['an unknown attribute', envelope({ subject: 'x' }), 'malformed', 'subject'],
  ['an attribute with a name of 1 MB', envelope({ ['k'.repeat(1_000_000)]: 1 }), 'malformed', 'k'.repeat(200)],
  ['__proto__', written(envelope({ here: {} }), '"__proto__"'), 'malformed', '__proto__'],
  ['constructor', envelope({ constructor: { prototype: {} } }), 'malformed', 'constructor'],
  ['an operator for a source', envelope({ source: OPERATOR }), 'malformed', 'source'],
  ['a source that is no unit', envelope({ source: 'https://example.org' }), 'malformed', 'source'],
  ['__proto__ for a source', envelope({ source: 'urn:gdtx:unit:__proto__' }), 'malformed', 'source'],
  ['a step up in the source', envelope({ source: 'urn:gdtx:unit:../vn' }), 'malformed', 'source'],
  ['constructor for a source', envelope({ source: 'urn:gdtx:unit:constructor' }), 'unit-unknown', 'source'],
  ['a unit that isn’t', envelope({ source: 'urn:gdtx:unit:nobody' }), 'unit-unknown', 'source'],
  ['someone else’s unit', envelope({ source: `urn:gdtx:unit:${THEIRS}` }), 'not-allowed', 'source'],
  ['a list for a type', envelope({ type: ['x'] }), 'malformed', 'type'],
  ['a type of nobody', envelope({ type: 'vn.gdtx.weather.Rained.v1' }), 'type-unknown', 'type'],
  ['an unknown type', envelope({ type: 'vn.gdtx.programmes.Nothing.v1' }), 'type-unknown', 'type'],
  ['a type of another version', envelope({ type: 'vn.gdtx.programmes.LearnersEnrolled.v2' }), 'type-unknown', 'type'],
  ['__proto__ for a service', envelope({ type: 'vn.gdtx.__proto__.X.v1' }), 'type-unknown', 'type'],
  ['constructor for a type', envelope({ type: 'vn.gdtx.programmes.constructor.v1' }), 'type-unknown', 'type'],
  ['a type of 10,000 characters', envelope({ type: LONG }), 'malformed', 'type'],
  ['a time that is none', envelope({ time: 'yesterday' }), 'malformed', 'time'],
  ['a time on no day of the calendar', envelope({ time: '2024-02-30T00:00:00Z' }), 'malformed', 'time'],
  ['a time in the future', envelope({ time: '2999-01-01T00:00:00Z' }), 'in-future', 'time'],
  ['a number for a time', envelope({ time: 1_725_498_000 }), 'malformed', 'time'],
  ['another content type', envelope({ datacontenttype: 'text/xml' }), 'malformed', 'datacontenttype'],
  ['data as text', envelope({ data: '{}' }), 'malformed', 'data'],
  ['data as a list', envelope({ data: [1] }), 'malformed', 'data'],
  ['no data', envelope({ data: undefined }), 'malformed', 'data'],
  ['data of 2 MB', data({ note: 'x'.repeat(2_000_000) }), 'too-large', 'data'],
  ['an attribute twice', written(envelope({ time: 'here' }), '"","id":"twice"'), 'malformed', 'id'],
];

const OF_THE_DATA: BadFact[] = [
  ['a missing field', data({ learners: undefined }), 'malformed', 'data.learners'],
  ['an unknown field', data({ colour: 'red' }), 'malformed', 'data.colour'],
  ['an unknown field below', data({ learners: { total: 1, tall: 1 } }), 'malformed', 'data.learners.tall'],
  [
    'a field with a name of 200,000 characters',
    data({ ['k'.repeat(200_000)]: 1 }),
    'malformed',
    `data.${'k'.repeat(80)}`,
  ],
  ['a name twice', learners('1,"total":9'), 'malformed', 'data.learners.total'],
  ['a name twice, once escaped', learners('1,"tot\\u0061l":9'), 'malformed', 'data.learners.total'],
  ['a count below zero', learners('-1'), 'malformed', 'data.learners.total'],
  ['a count of 2^31', learners('2147483648'), 'malformed', 'data.learners.total'],
  ['a count of 30 digits', learners('9'.repeat(30)), 'malformed', 'data.learners.total'],
  ['a count of 1e999', learners('1e999'), 'malformed', 'data.learners.total'],
  ['a count of -1e999', learners('-1e999'), 'malformed', 'data.learners.total'],
  ['half a person', learners('0.5'), 'malformed', 'data.learners.total'],
  ['a count as text', learners('"42"'), 'malformed', 'data.learners.total'],
  ['a count that is true', learners('true'), 'malformed', 'data.learners.total'],
  ['a count that is null', learners('null'), 'malformed', 'data.learners.total'],
  ['a list of counts', learners('[1]'), 'malformed', 'data.learners.total'],
  ['an operator for a count', learners('{"$gt":0}'), 'malformed', 'data.learners.total.$gt'],
  ['a part above the total', data({ learners: { total: 1, female: 2 } }), 'malformed', 'data.learners.female'],
  ['a list for an object', data({ learners: [] }), 'malformed', 'data.learners'],
  ['an operator for a class', data({ class: OPERATOR }), 'malformed', 'data.class.$gt'],
  ['an operator beside the class', data({ $where: 'sleep(1000)' }), 'malformed', 'data.$where'],
  ['__proto__ for a class', data({ class: '__proto__' }), 'malformed', 'data.class'],
  ['constructor for a class', data({ class: 'constructor' }), 'class-unknown', 'data.class'],
  ['a class of 10,000 characters', data({ class: LONG }), 'malformed', 'data.class'],
  ['a class of nobody', data({ class: 'nobody' }), 'class-unknown', 'data.class'],
  ['__proto__', written(data({ here: { total: 1 } }), '"__proto__"'), 'malformed', 'data.__proto__'],
  [
    '__proto__ below',
    data({ learners: { total: 1 } }).replace('{"total"', '{"__proto__":{},"total"'),
    'malformed',
    'data.learners.__proto__',
  ],
  ['constructor', data({ constructor: { prototype: {} } }), 'malformed', 'data.constructor'],
  ['constructor below', data({ learners: { total: 1, constructor: 1 } }), 'malformed', 'data.learners.constructor'],
  ['a day that is none', data({ occurredOn: '2023-02-29' }), 'malformed', 'data.occurredOn'],
  ['a day with its hour', data({ occurredOn: '2024-09-05T00:00:00Z' }), 'malformed', 'data.occurredOn'],
  ['a number for a day', data({ occurredOn: 20_240_905 }), 'malformed', 'data.occurredOn'],
  ['a day in the future', data({ occurredOn: '2999-01-01' }), 'in-future', 'data.occurredOn'],
  ['a day of the year 1', data({ occurredOn: '0001-01-01' }), 'malformed', 'data.occurredOn'],
  ['a day before the centre was', data({ occurredOn: '1999-01-01' }), 'unit-not-yet', 'source'],
  ['a NUL in a text', data({ note: 'a\u0000b' }), 'malformed', 'data.note'],
  ['half a character in a text', written(data({ note: 'here' }), '"\\ud800"'), 'malformed', 'data.note'],
  ['half a character in a name', written(data({ here: 1 }), '"\\ud800"'), 'malformed', 'data.\ufffd'],
  ['half a character in a class', written(data({ class: 'here' }), '"a\\udfff"'), 'malformed', 'data.class'],
  ['a text of 100,000 characters', data({ note: 'x'.repeat(100_000) }), 'malformed', 'data.note'],
  ['a text of 1 MB', data({ note: 'x'.repeat(1_000_000) }), 'too-large', 'data'],
  ['13 objects in each other', written(data({ more: 'here' }), nested(13)), 'malformed', `data.more${'.a'.repeat(12)}`],
  ['50 objects in each other', written(data({ more: 'here' }), nested(50)), 'malformed', `data.more${'.a'.repeat(12)}`],
  [
    '100,000 objects in each other',
    written(data({ more: 'here' }), nested(100_000)),
    'malformed',
    `data.more${'.a'.repeat(64)}`,
  ],
  ['a source that is no address', data({ source: { title: 'x', url: 'javascript' } }), 'malformed', 'data.source.url'],
];

export const BAD_FACTS: readonly BadFact[] = [...OF_THE_ENVELOPE, ...OF_THE_DATA];
