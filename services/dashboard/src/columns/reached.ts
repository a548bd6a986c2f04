import type { FollowedModel } from './follow.js';

/** Resolves true as soon as an entry is part of the figures, false when `withinMs` have passed. */
export async function reached(
  model: Pick<FollowedModel, 'seqOf' | 'onChange'>,
  { service, unit, seq }: { service: string; unit: string; seq: number },
  withinMs: number,
): Promise<boolean> {
  if (model.seqOf(service, unit) >= seq) return true;
  return new Promise((resolve) => {
    const done = (isReached: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(isReached);
    };
    const timer = setTimeout(() => done(false), withinMs);
    const stop = model.onChange((change) => {
      if (change.service === service && change.unit === unit && model.seqOf(service, unit) >= seq) done(true);
    });
  });
}
