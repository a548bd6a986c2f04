import { pino, type DestinationStream, type Logger } from 'pino';
import { traceFields } from './trace-context.js';

export type Log = Logger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Whoever reads a log must not be able to act for the people in it. */
const REDACTED = ['authorization', 'cookie', 'x-gdtx-service'].map((header) => `req.headers["${header}"]`);

/**
 * Structured logs to standard output, a JSON object a line: time, level, service, msg, and the trace of the request that it
 * was said in.
 */
export function createLog(service: string, level = 'info', destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: REDACTED,
    mixin: traceFields,
  };
  return destination ? pino(options, destination) : pino(options);
}

export const silentLog: Log = pino({ level: 'silent' });

/** The same log as the Kafka library wants it. */
export function kafkaLog(log: Log) {
  return (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail: Record<string, unknown>): void =>
    log[level](detail, message);
}
