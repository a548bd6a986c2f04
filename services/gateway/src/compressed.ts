import { constants } from 'node:zlib';
import compression from 'compression';

/** Below that many bytes the answer fits into one packet anyway. */
const WORTHWHILE_BYTES = 1_000;
/** Events come one by one, and for ever: they aren't worth it. */
const COMPRESSED = /^(application\/((problem\+)?json|x-ndjson)|text\/csv)\b/i;

/** Answers to reads, compressed for those who take that: lines are slow where centres are, and the fastest level saves most of it. */
export const compressed = compression({
  level: constants.Z_BEST_SPEED,
  threshold: WORTHWHILE_BYTES,
  filter: (_, res) => COMPRESSED.test(String(res.getHeader('content-type'))),
});
