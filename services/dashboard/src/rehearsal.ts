/** What is behind one figure of each owner that units report to. */
const INDICATORS = ['learners-enrolled', 'attendances', 'staff'];
/** Several ledgers of each. */
const LINES = 400;

export interface RehearsalParts {
  /** Resolves when what loading left has been collected. */
  settled: Promise<void>;
  /** Works out what is kept of months. */
  makeReady: () => Promise<void>;
  /** The entries behind a figure of the nation, of all time. */
  sourcesOf: (indicator: string) => AsyncIterable<unknown>;
  /** Collects what all this has left, which stops everything for a moment. */
  collect: () => void;
}

/**
 * Does once, before anybody is let in, what the first questions would otherwise wait for: the collection of what loading left, which stops
 * everything; the months that are asked for most; and the first reading of ledgers, for which owners are connected to and on both sides
 * everything is run, and compiled, that it takes. Whatever can't be had now is left to who asks for it. Never rejects; takes `withinMs` at most.
 */
export async function rehearse(parts: RehearsalParts, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<false>((resolve) => (timer = setTimeout(resolve, withinMs, false).unref()));
  const isDone = await Promise.race([
    rehearsed(parts).then(
      () => true,
      () => false,
    ),
    enough,
  ]);
  clearTimeout(timer);
  // Later than that somebody may be waiting.
  if (isDone) parts.collect();
}

async function rehearsed({ settled, makeReady, sourcesOf }: RehearsalParts): Promise<void> {
  await settled;
  await makeReady();
  for (const indicator of INDICATORS) await readSome(sourcesOf(indicator)).catch(() => undefined);
}

async function readSome(sources: AsyncIterable<unknown>): Promise<void> {
  let lines = 0;
  for await (const _ of sources) if (++lines === LINES) return;
}
