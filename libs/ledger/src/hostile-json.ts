const MAX_DEPTH = 12;
/** Names in sentences and paths: long enough for every field there is. */
const SHOWN = 80;

/**
 * What no fact may hold at any depth, whatever its form says: keys that have a meaning to JavaScript or MongoDB, text and
 * numbers that have no canonical form, and nesting without end. The path and a sentence, or nothing.
 */
export function hostileIn(value: unknown, path: string, depth = 0): { path: string; message: string } | undefined {
  if (typeof value === 'string') {
    return value.isWellFormed() ? undefined : { path, message: 'This text holds half of a character.' };
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, message: 'This number is too large.' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { path, message: 'This is nested too deeply.' };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = hostileIn(value[i], '', depth + 1);
      if (found) return { path: `${path}.${i}${found.path}`, message: found.message };
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    // The path is put together on the way back: nearly every fact has nothing to tell.
    const found = hostileKey(key) ?? hostileIn((value as Record<string, unknown>)[key], '', depth + 1);
    if (found) return { path: `${path}.${shownName(key)}${found.path}`, message: found.message };
  }
  return undefined;
}

function hostileKey(key: string): { path: string; message: string } | undefined {
  if (
    key !== '__proto__' &&
    key !== 'constructor' &&
    key !== 'prototype' &&
    !key.startsWith('$') &&
    key.isWellFormed()
  ) {
    return undefined;
  }
  return { path: '', message: `\`${shownName(key)}\` is no field of a fact.` };
}

/** A name that somebody sent, fit for a sentence. */
export function shownName(name: string): string {
  return name.slice(0, SHOWN).toWellFormed();
}
