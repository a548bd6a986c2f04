import type { Text } from '../api/types.js';
import { FACTS } from './facts.js';

/** `vn.gdtx.programmes.ClassOpened.v1` in the words of officials, where there are any. */
export function factName(type: string, text: (name: Text) => string): string {
  const name = type.split('.')[3] ?? type;
  return FACTS[name] ? text(FACTS[name]) : name;
}
