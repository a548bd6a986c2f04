/**
 * RFC 8785 (JSON Canonicalization Scheme): object keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. `undefined` members are left out. Throws a TypeError for what JSON can't hold: NaN, infinities,
 * lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
    default:
      throw new TypeError(`a ${typeof value} has no canonical form`);
  }
}

function canonicalObject(object: object): string {
  const members = object as Record<string, unknown>;
  let text = '';
  for (const key of sorted(Object.keys(members))) {
    const value = members[key];
    if (value !== undefined) text += `${text ? ',' : ''}${quoted(key)}:${canonicalJson(value)}`;
  }
  return `{${text}}`;
}

const MANY = 20;

/** By UTF-16 code units, as JavaScript compares strings. A fact has few, often in order already: for these, `sort` takes longer to begin. */
function sorted(keys: string[]): string[] {
  if (keys.length > MANY) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

// Most strings need no escape, and a look at them is cheaper than JSON.stringify.
// eslint-disable-next-line no-control-regex
const SPECIAL = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** @throws TypeError for a lone surrogate. */
export function quoted(text: string): string {
  if (!SPECIAL.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('a string with a lone surrogate has no canonical form');
  return JSON.stringify(text);
}
