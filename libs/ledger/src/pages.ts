/** Divides entries into pages, each of one ledger and of `bytes` canonical bytes or little more; 0: an entry each. */
export function* pagesOf<Entry extends { unit: string; canonical: Uint8Array }>(
  entries: readonly Entry[],
  bytes: number,
): Iterable<Entry[]> {
  let page: Entry[] = [];
  let size = 0;
  for (const entry of entries) {
    if (page.length > 0 && (size >= bytes || page[0]!.unit !== entry.unit)) {
      yield page;
      page = [];
      size = 0;
    }
    page.push(entry);
    size += entry.canonical.length;
  }
  if (page.length > 0) yield page;
}
