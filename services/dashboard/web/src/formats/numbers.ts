/** Numbers as officials write them: 29.813 and 99,5 %; in English 29,813 and 99.5%. */

export type Language = 'vi' | 'en';
export type Precision = 'exact' | 'at-least' | 'about';

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const SIGNS: Record<Precision, string> = { exact: '', 'at-least': '≥ ', about: '≈ ' };
/** Keeps a number and its sign on one line. */
const NARROW = '\u{202f}';

const formats = new Map<string, Intl.NumberFormat>();

/** Making one costs more than using it a hundred times, and a table has thousands of numbers. */
function formatOf(language: Language, digits: number): Intl.NumberFormat {
  const name = `${language} ${digits}`;
  let format = formats.get(name);
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits, useGrouping: 'always' });
    formats.set(name, format);
  }
  return format;
}

/** The first number of all takes 30 to 60 ms, in which a browser learns how the language writes them: for while something is waited for. */
export const readyToFormat = (language: Language): void => void formatNumber(0, language);

/** At most `digits` after the comma, and no more than there are. */
export function formatNumber(value: number, language: Language, digits = 1): string {
  return formatOf(language, digits).format(value);
}

/** A share, 0.995, as 99,5 %. */
export function formatShare(value: number, language: Language, digits = 1): string {
  const number = formatNumber(value * 100, language, digits);
  return language === 'vi' ? `${number}${NARROW}%` : `${number}%`;
}

/** With the sign of its precision: ≥ 11.110. `share`: a fraction that is shown as per cent. */
export function formatValue(
  value: number,
  language: Language,
  { precision = 'exact', share = false }: { precision?: Precision; share?: boolean } = {},
): string {
  return SIGNS[precision] + (share ? formatShare(value, language) : formatNumber(value, language));
}

/** A change with its sign, +3,1 %; a minus is a minus and no hyphen. */
export function formatChange(share: number, language: Language): string {
  const rounded = Math.round(share * 1000) / 1000;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return sign + formatShare(Math.abs(rounded), language);
}

/** A change of a share in points of a hundred, +1,2 điểm %. */
export function formatPoints(difference: number, language: Language): string {
  const points = Math.round(difference * 1000) / 10;
  const sign = points > 0 ? '+' : points < 0 ? '−' : '';
  const words = { vi: `điểm${NARROW}%`, en: 'points' };
  return `${sign}${formatNumber(Math.abs(points), language)} ${words[language]}`;
}

/** By how much more or less: +66, −1.200, 0. */
export function formatDifference(value: number, language: Language): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return sign + formatNumber(Math.abs(value), language, 2);
}

/** Short, for an axis or a tile: 29,8 nghìn; 29.8k. */
export function formatShort(value: number, language: Language): string {
  const size = Math.abs(value);
  const [by, word] =
    size >= 1e9
      ? [1e9, { vi: ' tỷ', en: 'bn' }]
      : size >= 1e6
        ? [1e6, { vi: ' triệu', en: 'm' }]
        : size >= 1e4
          ? [1e3, { vi: ' nghìn', en: 'k' }]
          : [1, { vi: '', en: '' }];
  return formatNumber(value / by, language, size >= 1e4 ? 1 : 0) + word[language];
}
