import { MAX_DEPTH } from './envelope.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** An object or an array that is begun; an array counts its items, an object knows its names. */
type Begun = { item: number } | { names: Set<string>; name: string; wantsName: boolean };

/**
 * Names that stand twice in one object. JSON.parse keeps the last one in silence and other readers the first, so that nobody
 * knows which of the two was meant (RFC 7493). Says the first in each item of an array, or of a value that is none (item 0),
 * by its path within the item. `text` must be JSON: it isn't checked here. Deeper than any fact goes, nothing is looked at.
 */
export function repeatedNames(text: string): Map<number, string> {
  const found = new Map<number, string>();
  const begun: Begun[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const top = depth === begun.length ? begun.at(-1) : undefined;
    switch (text.charCodeAt(at)) {
      case OPEN_ARRAY:
        if (++depth <= MAX_DEPTH + 2) begun.push({ item: 0 });
        break;
      case OPEN_OBJECT:
        if (++depth <= MAX_DEPTH + 2) begun.push({ names: new Set(), name: '', wantsName: true });
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        if (depth-- === begun.length) begun.pop();
        break;
      case COMMA:
        if (top && 'item' in top) top.item++;
        else if (top) top.wantsName = true;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (top && 'names' in top && top.wantsName) {
          top.wantsName = false;
          top.name = nameOf(text, at, end);
          if (top.names.has(top.name)) note(begun, found);
          top.names.add(top.name);
        }
        at = end;
      }
    }
  }
  return found;
}

function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
}

function nameOf(text: string, begin: number, end: number): string {
  const name = text.slice(begin + 1, end);
  return name.includes('\\') ? (JSON.parse(text.slice(begin, end + 1)) as string) : name;
}

function note(begun: readonly Begun[], found: Map<number, string>): void {
  const [outermost] = begun;
  const isBatch = outermost !== undefined && 'item' in outermost;
  const item = isBatch ? outermost.item : 0;
  if (found.has(item)) return;
  const names = begun
    .slice(isBatch ? 1 : 0)
    .map((each) => ('item' in each ? String(each.item) : each.name.slice(0, 80)));
  found.set(item, names.join('.'));
}
