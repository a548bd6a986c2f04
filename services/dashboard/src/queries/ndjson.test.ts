import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { Response } from 'express';
import { sendLines } from './ndjson.js';

test('waits for a slow reader without leaving anything behind', async () => {
  let written = 0;
  let most = 0;
  const out = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      written++;
      most = Math.max(most, out.listenerCount('close'));
      setImmediate(done);
    },
  });
  const res = Object.assign(out, { status: () => res, type: () => res }) as unknown as Response;
  async function* lines() {
    for (let i = 0; i < 50; i++) yield { i };
  }
  await sendLines(res, lines());
  expect(written).toBe(50);
  expect(most).toBeLessThanOrEqual(1);
});
