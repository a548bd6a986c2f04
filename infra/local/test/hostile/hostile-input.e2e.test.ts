import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SERVICES } from '@gdtx/service-kit/services';
import { eventually } from '@gdtx/testing/eventually';
import { aboutBodies } from './about-bodies.js';
import { aboutCallers } from './about-callers.js';
import { aboutFacts } from './about-facts.js';
import { aboutQuestions } from './about-questions.js';
import { startHostilePlatform, type HostilePlatform } from './hostile-platform.js';
import { OURS, THEIRS } from './world.js';

/**
 * What must hold whatever is sent: a 4xx or a refusal that says what is wrong and where, never a 5xx; nothing stored, the
 * neighbours unharmed, and every service alive as if nothing had been. One platform for all of it.
 */

let on: HostilePlatform;
let pids: (number | undefined)[];
const processes = () => SERVICES.map((name) => on.platform.service(name).pid);
beforeAll(async () => {
  on = await startHostilePlatform();
  pids = processes();
}, 180_000);
afterAll(() => on?.stop(), 60_000);

aboutFacts(() => on);
aboutBodies(() => on);
aboutCallers(() => on);
aboutQuestions(() => on);

describe('afterwards', () => {
  test('every service is the one that it was, and none has failed at anything', async () => {
    expect(processes()).toEqual(pids);
    expect(SERVICES.map((name) => on.platform.service(name).restartCount)).toEqual(SERVICES.map(() => 0));
    expect(await on.errors()).toEqual([]);
  });

  test('every ledger verifies, and the figure is what was accepted', async () => {
    for (const ledger of [
      `programmes/${OURS}`,
      `programmes/${THEIRS}`,
      'provinces/vn',
      'centres/vn',
      'inspections/province-14',
    ]) {
      expect([ledger, (await on.get(`/v1/ledgers/${ledger}/verify`)).body.valid]).toEqual([ledger, true]);
    }
    let learners = 0;
    let seq = 0;
    for (let next: number | null = 1; next !== null;) {
      const { body } = await on.get(`/v1/ledgers/programmes/${OURS}?from=${next}&limit=1000`);
      for (const { data } of body.entries) learners += data.learners?.total ?? 0;
      next = body.next;
      seq = body.head.seq;
    }
    const asked = `/v1/figures?indicator=learners-enrolled&unit=${OURS}&after=programmes/${OURS}/${seq}`;
    await eventually(async () => expect((await on.get(asked)).body.value).toBe(learners), 30_000);
  }, 60_000);
});
