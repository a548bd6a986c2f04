/** npm hands a Ctrl-C on that the terminal has sent to everybody already: what comes that soon is no second one. */
const SAME_MS = 1_000;

/** Calls `orderly` at the first SIGINT, SIGTERM or SIGHUP, and `forced` at one that comes later, when somebody has lost patience. */
export function onStopSignals(
  orderly: (signal: string) => void,
  forced: () => void,
  now: () => number = Date.now,
): void {
  let first: number | undefined;
  const hear = (signal: string) => {
    if (first === undefined) {
      first = now();
      orderly(signal);
    } else if (now() - first > SAME_MS) forced();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, hear);
}
