/** Whether the reader's line is one on which data are to be saved: then nothing is fetched that isn't shown. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
