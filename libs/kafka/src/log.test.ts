import { expect, test } from '@jest/globals';
import { sparing, type Log } from './log.js';

test('the same line is said once in a while, others at once', () => {
  const lines: string[] = [];
  let time = 0;
  const log: Log = sparing(
    (_, message) => void lines.push(`${time} ${message}`),
    100,
    () => time,
  );
  for (time = 0; time <= 220; time += 20) log('warn', 'no broker', {});
  log('warn', 'another thing', {});
  expect(lines).toEqual(['0 no broker', '100 no broker', '200 no broker', '240 another thing']);
});
