import { afterEach, expect, jest, test } from '@jest/globals';
// @ts-expect-error kafkajs has types for its front door only
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
import './kafkajs-mended.js';

afterEach(() => void jest.restoreAllMocks());

test('a member goes on beating when the clock is put back', async () => {
  let now = Date.UTC(2026, 0, 1);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const group = new ConsumerGroup({
    logger: { namespace: () => undefined },
    instrumentationEmitter: { emit: () => undefined },
  });
  let beats = 0;
  Object.assign(group, { memberId: 'm', coordinator: { heartbeat: async () => void (beats += 1) } });
  const beat = () => group.heartbeat({ interval: 2_000 });
  now += 3_000;
  await beat();
  await beat();
  expect(beats).toBe(1);
  now -= 3_600_000;
  await beat();
  await beat();
  expect(beats).toBe(2);
  now += 3_000;
  await beat();
  expect(beats).toBe(3);
});
