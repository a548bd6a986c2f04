import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Whoever reads a log must not be able to act for the people in it. */
const REDACTED = ['authorization', 'cookie', 'x-gdtx-service'].map((header) => `req.headers["${header}"]`);

/** Structured logs to standard output, a JSON object a line, each with the service's name. */
export function createLog(service: string, level = 'info', destination?: DestinationStream): Log {
  const options = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED };
  return destination ? pino(options, destination) : pino(options);
}

export const silentLog: Log = pino({ level: 'silent' });

/** The same log as the Kafka library wants it. */
export function kafkaLog(log: Log) {
  return (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail: Record<string, unknown>): void =>
    log[level](detail, message);
}
