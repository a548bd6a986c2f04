export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes one line of this library or of the client below it; shaped so that a pino logger fits in one line. */
export type Log = (level: LogLevel, message: string, detail: Record<string, unknown>) => void;

export const silent: Log = () => {};

/** Says the same at most once in a while: who has lost a broker tries again twice a second. */
export function sparing(log: Log, everyMs = 10_000, now: () => number = () => performance.now()): Log {
  const said = new Map<string, number>();
  return (level, message, detail) => {
    const last = said.get(message);
    if (last !== undefined && now() - last < everyMs) return;
    said.set(message, now());
    log(level, message, detail);
  };
}
