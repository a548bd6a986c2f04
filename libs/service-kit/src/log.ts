import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Structured logs to standard output, a JSON object a line, each with the service's name. */
export function createLog(service: string, level = 'info'): Log {
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime });
}

export const silentLog: Log = pino({ level: 'silent' });
