export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until one of these has ended, well or badly, or the time is over: false. */
export async function atMost(ms: number, ...until: Promise<unknown>[]): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, ms, false)));
  const ended = until.map((work) =>
    work.then(
      () => true,
      () => true,
    ),
  );
  const inTime = await Promise.race([...ended, late]);
  clearTimeout(timer);
  return inTime;
}
