import { callerOf } from '@gdtx/service-kit/http';
import { Problem } from '@gdtx/service-kit/problem';
import { MemoryStore, rateLimit } from 'express-rate-limit';

const MINUTE_MS = 60_000;

/** At most so many calls a minute of one subject; counted by each replica for itself. */
export function rateLimited(callsPerMinute: number) {
  const store = new MemoryStore();
  const handler = rateLimit({
    windowMs: MINUTE_MS,
    limit: callsPerMinute,
    store,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (_, res) => callerOf(res).subject,
    handler: (_req, res, next) => {
      const retryAfter = Number(res.getHeader('retry-after') ?? MINUTE_MS / 1000);
      next(new Problem(429, 'too-many', `At most ${callsPerMinute} calls a minute: wait a moment.`, { retryAfter }));
    },
  });
  return { handler, stop: () => store.shutdown() };
}
