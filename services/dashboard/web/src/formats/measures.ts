import type { Text } from '../api/types.js';
import type { Language } from './numbers.js';

/** English words of many that aren't made by an s alone. */
const ONE: Readonly<Record<string, string>> = { people: 'person', classes: 'class' };

/** A unit of measure beside its number: 1 centre, 2 centres. Vietnamese says both alike. */
export function measureOf(measure: Text, value: number, language: Language): string {
  if (language === 'vi') return measure.vi;
  const many = measure.en || measure.vi;
  if (Math.abs(value) !== 1) return many;
  return many
    .replace(' and ', ' or ')
    .split(' ')
    .map((word) => ONE[word] ?? word.replace(/ies$/, 'y').replace(/(?<=[a-z])s$/, ''))
    .join(' ');
}
