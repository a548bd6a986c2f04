/** Every service's topic has this many partitions; the number never changes within a topic's version. */
export const PARTITIONS = 12;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const utf8 = new TextEncoder();
const MOST_IN_A_BYTE = 0x7f;

/**
 * The partition that holds a unit's entries: FNV-1a, 32 bits, over the UTF-8 bytes of the unit id, modulo 12.
 *
 * Part of the contract: all entries of a unit lie in one partition in seq order, for ever. Another function, or another
 * number of partitions, needs a new version of every topic.
 */
export function partitionOf(unit: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < unit.length; i++) {
    const letter = unit.charCodeAt(i);
    if (letter > MOST_IN_A_BYTE) return ofBytes(utf8.encode(unit));
    hash = Math.imul(hash ^ letter, FNV_PRIME);
  }
  return (hash >>> 0) % PARTITIONS;
}

function ofBytes(bytes: Uint8Array): number {
  let hash = FNV_OFFSET;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return (hash >>> 0) % PARTITIONS;
}

/** The topic that a service says its facts on: `gdtx.` + `programmes` → `gdtx.programmes.v1`. */
export function topicOf(prefix: string, service: string): string {
  return `${prefix}${service}.v1`;
}

/** The compacted topic on which each relay says how far it has published; key = service. */
export function progressTopic(prefix: string): string {
  return `${prefix}progress.v1`;
}
