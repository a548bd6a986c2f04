/** After so long without an answer one asks again in any case. */
const LONGEST_ANSWER_MS = 5000;

/**
 * Asks once for what comes close together, and not again before there is an answer: asked for without a pause, a read that takes
 * its time would never be answered. What comes meanwhile is asked for afterwards.
 */
export function asked(ask: () => Promise<unknown>, waitMs: number): { soon(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;
  let stopped = false;
  const soon = () => {
    if (stopped) return;
    if (asking) again = true;
    else timer ??= setTimeout(() => void run(), waitMs);
  };
  const run = async () => {
    timer = undefined;
    asking = true;
    again = false;
    let longest: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise((resolve) => (longest = setTimeout(resolve, LONGEST_ANSWER_MS)));
    await Promise.race([ask().catch(() => undefined), tooLong]);
    clearTimeout(longest);
    asking = false;
    if (again) soon();
  };
  return {
    soon,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
