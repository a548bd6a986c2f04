import { setTimeout as pause } from 'node:timers/promises';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { askWith } from '../checker/ask.js';
import type { Fault } from '../fault.js';
import { makeFact, type Mix } from '../load/make-facts.js';
import type { LoadFact } from '../load/fact.js';
import { sendOnce } from '../load/send.js';
import type { Random } from '../random.js';
import { publishersTokens, underLoad, type Scene, type Strike } from '../under-load.js';

const SAID_WITHIN_MS = 120_000;
const NOBODY: Mix = { provinces: 0, centres: 0, 'community-learning': 0, programmes: 0, inspections: 0 };

const factsOf = (owner: Owner, many: number, id: string, random: Random): LoadFact[] =>
  Array.from({ length: many }, (_, n) => makeFact(`${id}-${owner}-${n}`, { ...NOBODY, [owner]: 1 }, random));

/** One owner is stopped while it is published to, and comes back when it was seen that only its facts waited. */
function ownerDown(owner: Owner, random: Random): Strike {
  return {
    what: `stopped ${owner} for a while`,
    async how(scene) {
      const { platform, load } = scene;
      const id = `down-${owner}`;
      const own = factsOf(owner, 5, id, random);
      const others = OWNERS.filter((other) => other !== owner).flatMap((other) => factsOf(other, 5, id, random));
      const [token] = await publishersTokens(platform);
      await platform.service(owner).stop();
      await demandComeAgain(scene, token!, '/v1/facts', own);
      await demandComeAgain(scene, token!, `/v1/ledgers/${owner}/vn`);

      const mixed = [...own, ...others];
      const { results } = await sendOnce(mixed, { gatewayUrl: platform.gatewayUrl, token: token!, form: 'array' });
      for (const [n, fact] of mixed.entries()) {
        const result = results[n];
        if (!result) throw new Error(`${fact.id} was not answered while ${owner} was down`);
        const took = load.receipts.take(fact, result);
        if (took === (fact.service === owner)) {
          throw new Error(`${fact.id} was ${result.status} (${result.refusal?.slug}) while ${owner} was down`);
        }
      }
      await demandLack(scene, token!, owner);
      await platform.service(owner).start();
      // What waited is sent again, as every publisher does.
      for (let open = own; open.length > 0; await pause(100)) {
        const again = await sendOnce(open, { gatewayUrl: platform.gatewayUrl, token: token!, form: 'array' });
        open = open.filter((fact, n) => !(again.results[n] && load.receipts.take(fact, again.results[n])));
      }
    },
  };
}

/** Without the dashboard facts are taken as ever, and only figures wait. */
const dashboardDown = (random: Random): Strike => ({
  what: 'stopped the dashboard for a while',
  async how(scene) {
    const { platform, load } = scene;
    const [token] = await publishersTokens(platform);
    await platform.service('dashboard').stop();
    await demandComeAgain(scene, token!, '/v1/figures?indicator=learners-enrolled');
    const facts = OWNERS.flatMap((owner) => factsOf(owner, 5, 'down-dashboard', random));
    const { results } = await sendOnce(facts, { gatewayUrl: platform.gatewayUrl, token: token!, form: 'array' });
    for (const [n, fact] of facts.entries()) {
      if (!results[n] || !load.receipts.take(fact, results[n]))
        throw new Error(`${fact.id} was not taken without a dashboard`);
    }
    await platform.service('dashboard').start();
  },
});

/** 503, when to come again, and which service it is, in words. */
async function demandComeAgain({ platform }: Scene, token: string, path: string, facts?: LoadFact[]): Promise<void> {
  const response = await fetch(platform.gatewayUrl + path, {
    method: facts ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(facts && { body: JSON.stringify(facts.map(({ event }) => event)) }),
  });
  const { slug } = (await response.json()) as { slug?: string };
  const seconds = Number(response.headers.get('retry-after'));
  if (response.status === 503 && slug === 'try-again' && seconds > 0) return;
  throw new Error(`${path} answers ${response.status} ${slug}, retry-after ${seconds}, while its service is down`);
}

/** Figures are told, and say that they don't have what this owner may have recorded lately. */
async function demandLack({ platform }: Scene, token: string, owner: Owner): Promise<void> {
  const ask = askWith(platform.gatewayUrl, token);
  for (const until = performance.now() + SAID_WITHIN_MS; ; await pause(250)) {
    const figure = await ask.json<{ lacks: { service: string; why: string }[] }>('/v1/figures?indicator=attendances');
    const others = figure.lacks.filter(({ service }) => service !== owner);
    if (figure.lacks.some(({ service, why }) => service === owner && why === 'behind') && others.length === 0) return;
    if (performance.now() > until) {
      throw new Error(`figures lack ${JSON.stringify(figure.lacks)} after ${SAID_WITHIN_MS / 1000} s without ${owner}`);
    }
  }
}

export const serviceDown: Fault = {
  name: 'service-down',
  promise:
    'A service is down for a while: its facts get 503 with retry-after, the others go on, figures say what they lack; then everything catches up.',
  engines: 'shared',
  run(stage) {
    const random = stage.random.fork('side');
    const strikes = [...OWNERS.map((owner) => ownerDown(owner, random)), dashboardDown(random)];
    return underLoad(stage, { strikes });
  },
};
