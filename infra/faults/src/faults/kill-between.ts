import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '@gdtx/service-kit/services';
import type { Fault } from '../fault.js';
import { mixFor } from '../load/make-facts.js';
import { whileSending } from '../load/while-sending.js';
import { strikePoints, type StrikePoint, type StrikePoints } from '../tools/strike-points.js';
import { underLoad, type Strike } from '../under-load.js';

/** The process kills itself (-9) when it comes to the point, and is started again as after any crash. */
export function killedAt(points: StrikePoints, service: Service, point: StrikePoint, after: number): Strike {
  return {
    what: `${service} died ${point.replace('-', ' its ')}`,
    async how({ platform, load }) {
      const target = platform.service(service);
      const restarts = target.restartCount;
      const struck = points.strike(service, point, after);
      const isBack = struck.then(async () => {
        while (target.restartCount === restarts) await pause(20);
        await target.ready();
      });
      // It comes to the point only while something is recorded.
      await whileSending(load, isBack);
    },
  };
}

/** Kills at points that a kill from outside would hit only by luck. */
export const killBetween: readonly Fault[] = [
  {
    name: 'kill-relay-between',
    promise: 'The relay dies (-9) after Kafka has confirmed and before it has marked that: everything is counted once.',
    engines: 'shared',
    async run(stage) {
      const points = await strikePoints(stage.home);
      const random = stage.random.fork('passes');
      const owners = ['programmes', 'centres', 'community-learning', 'programmes'] as const;
      const strikes = owners.map((owner) => killedAt(points, owner, 'before-mark', random.between(0, 3)));
      return underLoad(stage, { strikes, mix: mixFor('programmes'), platform: { env: points.env } });
    },
  },
  {
    name: 'kill-projector-between',
    promise: 'The projector dies (-9) between what it writes and its checkpoint: everything is counted once.',
    engines: 'shared',
    async run(stage) {
      const points = await strikePoints(stage.home);
      const random = stage.random.fork('passes');
      const at = ['before-checkpoint', 'before-commit', 'before-cursors', 'before-commit'] as const;
      const strikes = at.map((point) => killedAt(points, 'dashboard', point, random.between(0, 3)));
      return underLoad(stage, { strikes, platform: { env: points.env } });
    },
  },
];
