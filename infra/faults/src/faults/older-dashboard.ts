import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultStage } from '../fault.js';
import { plainEnvironment } from '../stage.js';
import { preload } from '../tools/preload.js';
import { secondProcess } from '../tools/second-process.js';
import { underLoad, type Scene } from '../under-load.js';

const UNKNOWN = ['vn.gdtx.programmes.LearnersEnrolled.v1', 'vn.gdtx.community-learning.TopicHeld.v1'];
const SAYS_SO_WITHIN_MS = 60_000;

interface Lack {
  service: string;
  unit?: string;
  why: string;
}

async function lacksOf(stage: FaultStage, dashboardUrl: string, token: string): Promise<Lack[]> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${dashboardUrl}/v1/figures?indicator=learners-enrolled`, { headers });
  return ((await response.json()) as { lacks: Lack[] }).lacks;
}

/** The figures of a dashboard name units of both services whose facts it can't fold. */
async function saysWhatItLacks(stage: FaultStage, scene: Scene): Promise<void> {
  const token = await scene.platform.token({ roles: ['inspector'], units: ['vn'] });
  const { httpUrl } = scene.platform.service('dashboard');
  for (const until = performance.now() + SAYS_SO_WITHIN_MS; ; await pause(250)) {
    const unknown = (await lacksOf(stage, httpUrl, token)).filter(({ why }) => why === 'unknown-facts');
    const services = new Set(unknown.map(({ service }) => service));
    if (services.has('programmes') && services.has('community-learning')) {
      stage.say(`The older dashboard says that it lacks facts of ${unknown.length} units.`);
      return;
    }
    if (performance.now() > until) throw new Error(`the figures name only ${JSON.stringify(unknown)}`);
  }
}

export const olderDashboardVersion: Fault = {
  name: 'older-dashboard-version',
  promise:
    'A dashboard reads facts of a type that it does not know, and is upgraded, first beside the newer one: nothing is lost, figures say what they lack until all is folded.',
  engines: 'shared',
  async run(stage) {
    const older = { ...preload('older-dashboard.mjs', plainEnvironment()), GDTX_UNKNOWN_FACTS: UNKNOWN.join(',') };
    return underLoad(stage, {
      platform: { env: older },
      strikes: [
        {
          what: 'started a newer dashboard beside the older one',
          async how(scene) {
            await saysWhatItLacks(stage, scene);
            const service = scene.platform.service('dashboard');
            service.env['GDTX_UNKNOWN_FACTS'] = '';
            const second = await secondProcess(service, join(stage.home, 'newer'), stage.say);
            stage.atEnd(() => second.process.stop());
          },
        },
        {
          what: 'ended the older one and started the newer one in its place',
          async how({ platform }) {
            const service = platform.service('dashboard');
            await service.stop();
            await service.start();
          },
        },
      ],
    });
  },
};
