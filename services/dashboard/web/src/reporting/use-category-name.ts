import { useIndicators } from '../api/queries.js';
import type { Text } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';

/** The name of what is counted, with its unit of measure and the part that is meant: `Số học viên nhập học, Xóa mù chữ · học viên`. */
export function useCategoryName(): (of: { indicator: string; label: Text; category: string }) => string {
  const { text } = useWords();
  const indicators = useIndicators();
  return ({ indicator, label, category }) => {
    const known = indicators.data?.get(indicator);
    const part = known?.categories?.values?.[category];
    const parts = [text(label), part ? text(part) : category].filter((each) => each !== '');
    return `${parts.join(', ')}${known ? ` · ${text(known.measure)}` : ''}`;
  };
}
