/** Tries until it no longer throws, and gives the result back; after `withinMs` the last error is thrown. */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 30_000, everyMs = 50): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
