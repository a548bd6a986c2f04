import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { groupsOf } from './groups.js';
import { NdjsonLines, type Line } from './ndjson-lines.js';

const LIMITS = { facts: 3, bytes: 100 };
const lines = () => new NdjsonLines(1000);
const texts = (group: Line[]) => group.map((line) => ('text' in line ? line.text : line.wrong));

describe('groups of lines', () => {
  it('hold what has arrived, up to so many lines', async () => {
    const groups: string[][] = [];
    const body = Readable.from([Buffer.from('1\n2\n3\n4\n5\n6\n7\n')]);
    for await (const group of groupsOf(body, lines(), LIMITS)) groups.push(texts(group));
    expect(groups).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7']]);
  });

  it('hold so many bytes, but one line at least', async () => {
    const groups: number[][] = [];
    const body = Readable.from([60, 60, 150, 40, 40].map((n) => Buffer.from(`${'x'.repeat(n)}\n`)));
    for await (const group of groupsOf(body, lines(), LIMITS)) {
      groups.push(group.map((line) => line.bytes));
      for (let i = 0; i < 10; i += 1) await turn();
    }
    expect(groups.flat()).toEqual([60, 60, 150, 40, 40]);
    for (const group of groups) expect(group.length === 1 || group.reduce((a, b) => a + b) <= 100).toBe(true);
  });

  it('come before the body has ended', async () => {
    const body = new Readable({ read() {} });
    const groups = groupsOf(body, lines(), LIMITS);
    body.push('1\n2');
    expect(texts((await groups.next()).value as Line[])).toEqual(['1']);
    body.push('2\n');
    expect(texts((await groups.next()).value as Line[])).toEqual(['22']);
    body.push('3');
    body.push(null);
    expect(texts((await groups.next()).value as Line[])).toEqual(['3']);
    expect((await groups.next()).done).toBe(true);
  });

  it('stop the reading while a whole group waits', async () => {
    let read = 0;
    const body = Readable.from(
      (function* () {
        for (; read < 10_000; read += 1) yield Buffer.from(`${read}\n`);
      })(),
      { highWaterMark: 1 },
    );
    const groups = groupsOf(body, lines(), LIMITS);
    await groups.next();
    for (let i = 0; i < 100; i += 1) await turn();
    expect(read).toBeLessThan(15);
    await groups.return(undefined);
    expect(body.destroyed).toBe(true);
  });

  it('hand out what came whole before the body broke, and then say that it did', async () => {
    const body = new Readable({ read() {} });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const group of groupsOf(body, lines(), LIMITS)) seen.push(...texts(group));
    })();
    body.push('1\n2\n{"unfinished":');
    await turn();
    body.destroy(new Error('aborted'));
    await expect(reading).rejects.toThrow('aborted');
    expect(seen).toEqual(['1', '2']);
  });
});
