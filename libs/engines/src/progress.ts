/** Takes one line for the person who waits. */
export type OnProgress = (line: string) => void;

const SAY_EVERY_MS = 3_000;

/** "37.7 MB" */
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Says that a transfer begins, how far it is every few seconds, and that it has come. */
export function transferProgress(
  name: string,
  total: number,
  say: OnProgress,
  now: () => number = Date.now,
): { add: (bytes: number) => void; done: () => void } {
  const began = now();
  let come = 0;
  let said = began;
  say(`Downloading ${name}, ${megabytes(total)}.`);
  return {
    add(bytes) {
      come += bytes;
      if (now() - said < SAY_EVERY_MS) return;
      said = now();
      say(`  ${name}: ${megabytes(come)} of ${megabytes(total)}.`);
    },
    done() {
      say(`Downloaded ${name}, ${megabytes(come || total)} in ${((now() - began) / 1000).toFixed(1)} s.`);
    },
  };
}
