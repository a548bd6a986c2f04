import type { Indicator } from '../api/types.js';
import type { Words } from '../i18n/i18n.js';

/** What a figure is broken down by; what an indicator’s categories are, it says itself: «Lĩnh vực», «Kết quả». */
export const dimensionName = (by: string, { categories }: Indicator, { t, text }: Words): string =>
  by === 'category' && categories ? text(categories.meaning) : t(`by.${by}`);
