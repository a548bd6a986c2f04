import { describe, expect, it } from '@jest/globals';
import { repeatedNames } from './repeated-names.js';

const found = (text: string) => Object.fromEntries(repeatedNames(text));

describe('names that stand twice in one object', () => {
  it.each([
    ['{}', {}],
    ['[]', {}],
    ['"a"', {}],
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', {}],
    ['{"a":"a","b":"\\",\\"a\\":","c\\\\":"c"}', {}],
    ['{"a":1,"a":2}', { 0: 'a' }],
    ['{ "a" : 1 , "b" : { "c" : [ 1 , { "d" : 1 , "d" : 2 } ] } }', { 0: 'b.c.1.d' }],
    ['{"a":1,"\\u0061":2}', { 0: 'a' }],
    ['{"__proto__":1,"__proto__":2}', { 0: '__proto__' }],
    ['[{"a":1},{"a":1,"a":2,"b":1,"b":2},{"a":1},{"x":{"a":[],"a":{}}}]', { 1: 'a', 3: 'x.a' }],
  ])('%s', (text, expected) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(found(text)).toEqual(expected);
  });

  it('is not looked for without end', () => {
    const deep = (depth: number) => `${'{"a":'.repeat(depth)}{"b":1,"b":2}${'}'.repeat(depth)}`;
    expect(found(deep(60))).toEqual({ 0: `${'a.'.repeat(60)}b` });
    expect(found(`[${deep(100_000)},{"c":1,"c":2}]`)).toEqual({ 1: 'c' });
  });
});
