import { SERVICES } from '@gdtx/service-kit/services';
import type { Fault } from '../fault.js';
import { patiently } from '../tools/patiently.js';
import { underLoad, type Scene, type Strike } from '../under-load.js';

const TIMES = 3;

/** A power cut: both engines and all seven services at once. Then the engines come back, and the services as after any crash. */
export const powerCut: Strike = {
  what: 'killed both engines and all services at once',
  async how({ engines, platform }: Scene) {
    const services = SERVICES.map((name) => platform.service(name));
    await Promise.all([
      engines.kafka.kill(),
      engines.mongodb.kill(),
      // They stay down until the engines are back, as on a machine that boots.
      ...services.map((service) => service.kill({ restart: false })),
    ]);
    await Promise.all([patiently(() => engines.kafka.start()), patiently(() => engines.mongodb.start())]);
    await Promise.all(services.map((service) => service.start()));
  },
};

export const killEverything: Fault = {
  name: 'kill-everything',
  promise: `Both engines and all seven services are killed (-9) at once, ${TIMES} times: every acknowledged fact is counted once.`,
  engines: 'own',
  run: (stage) => underLoad(stage, { strikes: Array.from({ length: TIMES }, () => powerCut) }),
};
