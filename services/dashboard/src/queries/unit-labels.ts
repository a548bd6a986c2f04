import { labelOf } from '@gdtx/territory/names';
import { nearestValue } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';

export interface Label {
  vi: string;
  en: string;
}

/**
 * What a unit is called on a day. Provinces stand beside namesakes of other times, so they bear theirs where it matters:
 * «Thái Nguyên (từ 1/7/2025)».
 */
export function unitLabel(registry: Registry, id: string, day: string): Label {
  const record = registry.unit(id);
  if (record?.kind === 'province') return labelOf(registry, id) ?? { vi: id, en: id };
  const name = record && nearestValue(record.names, day);
  return name ? { vi: name.vi, en: name.en || name.vi } : { vi: id, en: id };
}
