import { open } from 'node:fs/promises';

const TAIL_BYTES = 16_384;
const MOST_WIDTH = 400;
/** Of so many last lines the errors are shown; without any, the very last ones, whatever they are. */
const LOOKED_AT = 25;
const MOST_ERRORS = 6;
const VERY_LAST = 3;
const ERROR = 50;
/** What Node prints around an uncaught error: where in the stack, brackets, its own version. */
const NOISE = /^\s+at |^[\s{}[\],^]*$|^node:internal|^Node\.js v|^\s+(code|requireStack): /;

/** What a service said last before it ended, for a person: the end of its log from byte `from` on, errors first. */
export async function lastWords(logFile: string, from: number): Promise<string[]> {
  const file = await open(logFile, 'r').catch(() => undefined);
  if (!file) return [];
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - start)), 0, undefined, start);
    return readable(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The lines worth showing of a log of JSON lines (pino) among which others may stand. */
export function readable(log: string): string[] {
  const lines = log
    .split('\n')
    .filter((line) => line.trim() && !NOISE.test(line))
    .slice(-LOOKED_AT)
    .map(parse);
  const errors = lines.filter(({ level }) => level >= ERROR).slice(-MOST_ERRORS);
  return (errors.length > 0 ? errors : lines.slice(-VERY_LAST)).map(({ text }) => text.slice(0, MOST_WIDTH));
}

function parse(line: string): { level: number; text: string } {
  if (!line.startsWith('{')) return { level: ERROR, text: line };
  try {
    const {
      level = 0,
      msg = '',
      err,
    } = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
    return { level, text: err?.message && err.message !== msg ? `${msg}: ${err.message}` : msg || line };
  } catch {
    return { level: 0, text: line };
  }
}
