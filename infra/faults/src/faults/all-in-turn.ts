import { OWNERS } from '@gdtx/service-kit/services';
import type { Fault } from '../fault.js';
import { strikePoints } from '../tools/strike-points.js';
import { underLoad, type Strike } from '../under-load.js';
import { killedAt } from './kill-between.js';
import { killedEngine } from './kill-engines.js';
import { powerCut } from './kill-everything.js';
import { killed } from './kill-services.js';

const ownersAtOnce: Strike = {
  what: 'killed all owners at once',
  async how({ platform }) {
    const owners = OWNERS.map((owner) => platform.service(owner));
    await Promise.all(owners.map((owner) => owner.kill()));
    await Promise.all(owners.map((owner) => owner.ready()));
  },
};

const inOrder: Strike = {
  what: 'stopped and started programmes in order',
  async how({ platform }) {
    await platform.service('programmes').stop();
    await platform.service('programmes').start();
  },
};

/** Each kind of kill once on one platform: the short form that is among the tests. */
export const allInTurn: Fault = {
  name: 'all-in-turn',
  promise: 'Every part of the way is killed (-9), one after the other and all at once: everything is counted once.',
  engines: 'own',
  async run(stage) {
    const points = await strikePoints(stage.home);
    const strikes = [
      ...[killed('gateway'), ownersAtOnce, killedAt(points, 'programmes', 'before-mark', 1)],
      ...[killedAt(points, 'dashboard', 'before-checkpoint', 1), killedEngine('mongodb'), killedEngine('kafka')],
      ...[inOrder, powerCut],
    ];
    return underLoad(stage, { strikes, platform: { env: points.env } });
  },
};
