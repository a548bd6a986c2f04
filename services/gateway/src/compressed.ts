import { constants } from 'node:zlib';
import compression from 'compression';

/** Below that many bytes the answer fits into one packet anyway. */
const WORTHWHILE_BYTES = 1_000;
/** What is whole when it is sent. Lines and events are for who reads them while they come: none waits for others to be compressed with. */
const WHOLE = /^(application\/(problem\+)?json|text\/csv)\b/i;

/** Answers to reads, compressed for those who take that: lines are slow where centres are, and the fastest level saves most of it. */
export const compressed = compression({
  level: constants.Z_BEST_SPEED,
  threshold: WORTHWHILE_BYTES,
  filter: (_, res) => WHOLE.test(String(res.getHeader('content-type'))),
});
