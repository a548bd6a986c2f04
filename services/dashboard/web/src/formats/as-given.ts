import { formatDate } from './dates.js';
import type { Language } from './numbers.js';

const BOUNDS = [
  [/^không sớm hơn (.+)$/, 'not before'],
  [/^không muộn hơn (.+)$/, 'not after'],
  [/^trong khoảng (.+)$/, 'between'],
] as const;

/** A date as the platform writes it as it was given, `25/9/2018` or `không muộn hơn 6/2025`, in the language of the page. */
export function formatAsGiven(text: string, language: Language): string {
  if (language === 'vi') return text;
  for (const [bound, word] of BOUNDS) {
    const found = bound.exec(text);
    if (found) return `${word} ${found[1]!.split(' – ').map(inEnglish).join(' and ')}`;
  }
  return inEnglish(text);
}

const inEnglish = (date: string): string =>
  formatDate(
    date
      .split('/')
      .reverse()
      .map((part) => part.padStart(2, '0'))
      .join('-'),
    'en',
  );
