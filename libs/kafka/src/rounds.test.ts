import { expect, test } from '@jest/globals';
import type { OutgoingMessage } from './contract.js';
import { inRounds } from './rounds.js';

const message = (partition: number, id: string, bytes = 1): OutgoingMessage => ({
  ...{ topic: 't', partition, key: id },
  value: Buffer.alloc(bytes - id.length < 0 ? 0 : bytes - id.length),
});
const keys = (rounds: OutgoingMessage[][]) => rounds.map((round) => round.map(({ key }) => key));

test('what fits goes in one round', () => {
  expect(keys(inRounds([message(0, 'a'), message(1, 'b'), message(0, 'c')]))).toEqual([['a', 'b', 'c']]);
});

test('too many messages of a partition go in the next rounds, in order, and others stay in the first', () => {
  const messages = [
    message(0, 'a'),
    message(0, 'b'),
    message(0, 'c'),
    message(1, 'x'),
    message(0, 'd'),
    message(0, 'e'),
  ];
  expect(keys(inRounds(messages, { messages: 2, bytes: 1e6 }))).toEqual([['a', 'b', 'x'], ['c', 'd'], ['e']]);
});

test('bytes are limited for each partition, and one large message goes alone', () => {
  const messages = [
    message(0, 'a', 60),
    message(0, 'b', 60),
    message(0, 'c', 500),
    message(0, 'd', 40),
    message(0, 'e', 60),
  ];
  expect(keys(inRounds(messages, { messages: 9, bytes: 100 }))).toEqual([['a'], ['b'], ['c'], ['d', 'e']]);
});

test('partitions of different topics are limited apart', () => {
  const other = { ...message(0, 'b'), topic: 'u' };
  expect(keys(inRounds([message(0, 'a'), other], { messages: 1, bytes: 100 }))).toEqual([['a', 'b']]);
});
