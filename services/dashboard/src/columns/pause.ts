const MS_PER_SLICE = 3;

/** Gives others their turn after every few milliseconds of work. */
export function createPause(stopped: () => boolean = () => false): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < MS_PER_SLICE || stopped()) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}
