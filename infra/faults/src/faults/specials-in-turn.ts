import type { Fault } from '../fault.js';
import { mixFor } from '../load/make-facts.js';
import { underLoad } from '../under-load.js';
import { hole } from './holes.js';
import { behindProxy, fated } from './lost-answers.js';
import { isSetAside, poisoned } from './poison.js';
import { again } from './published-again.js';

/** What needs no platform of its own, one after the other on one: the short form of the faults that end nothing. */
export const specialsInTurn: Fault = {
  name: 'specials-in-turn',
  promise:
    'Answers lost, a leader that moves, a hole, a suffix published again and poison, on one platform: every acknowledged fact is counted once.',
  engines: 'shared',
  async run(stage) {
    const { proxy, envOf, topic } = await behindProxy(stage);
    const put = new Set<string>();
    let unreadable = 0;
    const seen = await underLoad(stage, {
      platform: { envOf },
      mix: mixFor('programmes'),
      strikes: [
        fated(proxy, topic, 'cut the connection before two answers', 2, () => 'cut'),
        fated(proxy, topic, 'moved the leaders of half the partitions in two sends', 2, () => ({
          moved: ({ partition }) => partition % 2 === 0,
        })),
        // Before the poison, which would come again as well.
        again(stage),
        poisoned(stage, put),
        hole(proxy, topic),
      ],
      after: ({ platform }) => isSetAside(stage, `${platform.service('dashboard').httpUrl}/metrics`, put),
      check: { unreadable: () => void unreadable++, tolerated: ['kafka-order'] },
    });
    return `${unreadable} values set aside; ${seen}`;
  },
};
