export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until one of these has ended, well or badly, or the time is over. */
export async function atMost(ms: number, ...until: Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([...until.map((work) => work.catch(() => undefined)), late]);
  clearTimeout(timer);
}
