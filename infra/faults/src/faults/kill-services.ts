import { OWNERS, type Owner, type Service } from '@gdtx/service-kit/services';
import type { Fault } from '../fault.js';
import { mixFor } from '../load/make-facts.js';
import { underLoad, type Strike } from '../under-load.js';

/** kill -9, and started again as after any crash. */
export function killed(service: Service): Strike {
  return {
    what: `killed ${service}`,
    async how({ platform }) {
      await platform.service(service).kill();
      await platform.service(service).ready();
    },
  };
}

const KEPT = 'every acknowledged fact is counted once, in a ledger without a gap that verifies';
const TIMES = 3;

const strikes = (service: Service) => Array.from({ length: TIMES }, () => killed(service));

/** `kill -9` of each service three times while it is published to. */
export const killServices: readonly Fault[] = [
  ...OWNERS.map((owner: Owner): Fault => ({
    name: `kill-${owner}`,
    promise: `${owner} is killed (-9) ${TIMES} times: ${KEPT}.`,
    engines: 'shared',
    run: (stage) => underLoad(stage, { strikes: strikes(owner), mix: mixFor(owner) }),
  })),
  ...(['gateway', 'dashboard'] as const).map((service): Fault => ({
    name: `kill-${service}`,
    promise: `${service} is killed (-9) ${TIMES} times: ${KEPT}.`,
    engines: 'shared',
    run: (stage) => underLoad(stage, { strikes: strikes(service) }),
  })),
];
