/** Of these, the calls that are made at once carry the rest: a page asks for much in one moment, and each call costs its way there and back. */

interface Waiting<Ask, Answer> {
  ask: Ask;
  signal: AbortSignal | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers one by one what is asked for in the same moment, by few calls: `send` answers several in the order asked, `most` of them or
 * fewer. The first to ask are in the first call. A call of which nobody wants any answer any more is broken off.
 */
export function together<Ask, Answer>(
  send: (asks: Ask[], signal: AbortSignal) => Promise<(Answer | Error)[]>,
  most: number,
): (ask: Ask, signal?: AbortSignal) => Promise<Answer> {
  let waiting: Waiting<Ask, Answer>[] = [];
  const sendAll = () => {
    const all = waiting.filter(({ signal }) => !signal?.aborted);
    waiting = [];
    for (let i = 0; i < all.length; i += most) void sendOne(all.slice(i, i + most), send);
  };
  return (ask, signal) =>
    new Promise<Answer>((resolve, reject) => {
      // Once whoever asks is through with it, and before anything is drawn.
      if (waiting.length === 0) queueMicrotask(sendAll);
      waiting.push({ ask, signal, resolve, reject });
    });
}

async function sendOne<Ask, Answer>(
  those: readonly Waiting<Ask, Answer>[],
  send: (asks: Ask[], signal: AbortSignal) => Promise<(Answer | Error)[]>,
): Promise<void> {
  const stop = new AbortController();
  const left = () => those.every(({ signal }) => signal?.aborted) && stop.abort();
  for (const { signal } of those) signal?.addEventListener('abort', left);
  try {
    const answers = await send(
      those.map(({ ask }) => ask),
      stop.signal,
    );
    those.forEach(({ resolve, reject }, i) => {
      const answer = answers[i];
      if (answer instanceof Error) reject(answer);
      else resolve(answer as Answer);
    });
  } catch (error) {
    for (const { reject } of those) reject(error);
  } finally {
    for (const { signal } of those) signal?.removeEventListener('abort', left);
  }
}
