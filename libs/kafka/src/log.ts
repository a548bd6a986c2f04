export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes one line of this library or of the client below it; shaped so that a pino logger fits in one line. */
export type Log = (level: LogLevel, message: string, detail: Record<string, unknown>) => void;

export const silent: Log = () => {};
