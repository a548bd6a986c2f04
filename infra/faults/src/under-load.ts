import { setTimeout as pause } from 'node:timers/promises';
import type { Engines } from '@gdtx/engines/engines';
import type { Platform, PlatformOptions } from '@gdtx/local/platform';
import { checkEverything, type CheckOptions } from './checker/check.js';
import type { FaultStage } from './fault.js';
import { PUBLISHERS, startLoad, type Load } from './load/load.js';
import type { Mix } from './load/make-facts.js';
import { Receipts } from './load/receipts.js';
import { sendOnce } from './load/send.js';
import { world } from './load/world.js';

/** What is done to the platform while it is published to. */
export interface Strike {
  /** For the line that says so. */
  what: string;
  /** Resolves when the platform is as it should be again. The load goes on meanwhile. */
  how(scene: Scene): Promise<unknown>;
}

export interface Scene {
  platform: Platform;
  engines: Engines;
  load: Load;
}

export interface UnderLoad {
  /** One after the other, at moments spread over the load by the seed, counted in facts acknowledged. */
  strikes: readonly Strike[];
  mix?: Mix;
  platform?: Partial<PlatformOptions>;
  check?: Partial<CheckOptions>;
  /** Before anything is published. */
  before?(scene: Omit<Scene, 'load'>): Promise<unknown>;
  /** When everything is acknowledged, before it is checked. */
  after?(scene: Scene): Promise<unknown>;
}

/**
 * Starts a platform and eight publishers, strikes while they publish, waits until everything is acknowledged, and checks everything.
 * Answers what was checked.
 */
export async function underLoad(stage: FaultStage, plan: UnderLoad): Promise<string> {
  const engines = await stage.engines();
  const platform = await stage.platform(plan.platform);
  stage.say(`The platform is ready at ${platform.gatewayUrl}.`);
  const receipts = new Receipts();
  const tokens = await publishersTokens(platform);
  await tellTheWorld(platform.gatewayUrl, tokens[0]!, receipts);
  await plan.before?.({ platform, engines });

  const random = stage.random.fork('load');
  const load = startLoad({
    gatewayUrl: platform.gatewayUrl,
    tokens,
    facts: stage.facts,
    random,
    receipts,
    mix: plan.mix,
  });
  await strikeDuring({ platform, engines, load }, plan.strikes, stage);
  load.allow(Infinity);
  await load.reached(stage.facts);
  await load.done;
  const troubles = [...load.troubles].map(([why, times]) => `${times} × ${why}`).join(', ');
  stage.say(
    `All ${stage.facts} facts are acknowledged; ${load.retries} requests were sent again${troubles && ` (${troubles})`}.`,
  );
  await plan.after?.({ platform, engines, load });
  return checkEverything(stage, { ...plan.check, platform, receipts });
}

async function strikeDuring(scene: Scene, strikes: readonly Strike[], stage: FaultStage): Promise<void> {
  const { load } = scene;
  const random = stage.random.fork('strikes');
  const spacing = stage.facts / (strikes.length + 1);
  const moments = strikes.map((_, n) => Math.round(spacing * (n + 1 + 0.4 * (random.next() - 0.5))));
  for (const [n, { what, how }] of strikes.entries()) {
    const moment = moments[n]!;
    // Publishing goes on during a strike, but not so far that the next one would find it over.
    load.allow(Math.round((moment + (moments[n + 1] ?? stage.facts)) / 2));
    await load.reached(moment);
    const began = performance.now();
    const before = load.acknowledged;
    await how(scene);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    stage.say(`After ${before} facts: ${what}; back after ${seconds} s, ${load.acknowledged - before} facts later.`);
  }
}

const ROLES = ['registrar', 'inspector', 'province-officer', 'commune-officer', 'centre-publisher'];

export function publishersTokens(platform: Platform): Promise<string[]> {
  const claims = (n: number) => ({ sub: `publisher-${n}`, roles: ROLES, units: ['vn'], expiresIn: '2h' });
  return Promise.all(Array.from({ length: PUBLISHERS }, (_, n) => platform.token(claims(n))));
}

/** Publishes the units that the load is about; again while a service hasn't heard yet of what another has just taken in. */
export async function tellTheWorld(gatewayUrl: string, token: string, receipts: Receipts): Promise<void> {
  const facts = world();
  for (let tries = 1; ; tries++) {
    const { results } = await sendOnce(facts, { gatewayUrl, token, form: 'array' });
    const open = facts.filter((_, n) => results[n]?.status !== 'accepted' && results[n]?.status !== 'duplicate');
    facts.forEach((fact, n) => results[n] && results[n].status !== 'refused' && receipts.take(fact, results[n]));
    if (open.length === 0) return;
    if (tries === 240)
      throw new Error(`the world was refused: ${JSON.stringify(results.find((r) => r.refusal) ?? results)}`);
    await pause(250);
  }
}
