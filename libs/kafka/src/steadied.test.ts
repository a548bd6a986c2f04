import { expect, test } from '@jest/globals';
import type { MemberEvents } from './driver.js';
import { steadied } from './steadied.js';

const p0 = { topic: 't', partition: 0 };
const p1 = { topic: 't', partition: 1 };

function diary() {
  const said: string[] = [];
  const told = {
    joined: (assignment) => void said.push(`joined ${assignment.map(({ partition }) => partition)}`),
    lost: () => void said.push('lost'),
    alive: () => void said.push('alive'),
  } as Partial<MemberEvents> as MemberEvents;
  return { said, events: steadied(told) };
}

test('a membership that was given up and is confirmed takes up its assignment, once', () => {
  const { said, events } = diary();
  events.joined([p0, p1]);
  events.alive();
  events.lost();
  events.alive();
  events.alive();
  expect(said).toEqual(['joined 0,1', 'alive', 'lost', 'alive', 'joined 0,1', 'alive']);
});

test('a new assignment takes the place of the one given up', () => {
  const { said, events } = diary();
  events.joined([p0, p1]);
  events.lost();
  events.joined([p1]);
  events.alive();
  expect(said).toEqual(['joined 0,1', 'lost', 'joined 1', 'alive']);
});
