import { useEffect, useState } from 'react';
import { getLines } from './client.js';

/** The lines of an answer that is streamed, and its last one. */
export interface Lines<Line, End> {
  /** The first of them; the others are only counted. */
  lines: readonly Line[];
  count: number;
  /** The last line: what they add up to. Undefined while they come. */
  end: End | undefined;
  error: unknown;
}

const KEPT = 2000;
const NONE = { lines: [], count: 0, end: undefined, error: undefined };

/** Reads an NDJSON answer of which the last line alone says whether it is `equal`; undefined: nothing is asked. */
export function useLines<Line extends object, End extends { equal: boolean }>(
  path: string | undefined,
): Lines<Line, End> {
  const [read, setRead] = useState<Lines<Line, End>>(NONE);
  useEffect(() => {
    setRead(NONE);
    if (path === undefined) return undefined;
    const stop = new AbortController();
    const lines: Line[] = [];
    let count = 0;
    const reading = async () => {
      for await (const line of getLines<Line | End>(path, stop.signal)) {
        if ('equal' in line) {
          setRead({ lines, count, end: line, error: undefined });
        } else {
          count += 1;
          if (lines.length < KEPT) lines.push(line);
        }
      }
    };
    reading().catch((error: unknown) => {
      if (!stop.signal.aborted) setRead({ lines, count, end: undefined, error });
    });
    return () => stop.abort();
  }, [path]);
  return read;
}
