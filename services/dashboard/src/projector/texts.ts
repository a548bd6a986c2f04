/** What `toString` of Node's buffers does, without its checks. */
interface Slices {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}

/** Strings that were made last, each in a place that its bytes say. */
const kept: string[] = new Array<string>(8192).fill('');
/** What is longer is seldom said twice. */
const MOST_BYTES = 64;

/**
 * The text of UTF-8. Entries say the same over and over (days, units, classes, kinds): of bytes that were read lately this is
 * the same string again, so that nothing is made, and as a key of a map its hash is known already.
 */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  const slices = bytes as unknown as Slices;
  if (length > MOST_BYTES) return slices.utf8Slice(start, end);
  let hash = length;
  let all = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    hash = Math.imul(hash, 31) + byte;
    all |= byte;
  }
  if (all > 0x7f) return slices.utf8Slice(start, end);
  const place = (hash ^ (hash >>> 15)) & (kept.length - 1);
  const there = kept[place]!;
  if (there.length === length && stands(there, bytes, start)) return there;
  return (kept[place] = slices.latin1Slice(start, end));
}

function stands(text: string, bytes: Buffer, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
