import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { nearestValue } from '@gdtx/territory/records';
import { dayBefore } from '@gdtx/territory/days';

export interface Label {
  vi: string;
  en: string;
}

/**
 * What a unit is called where it may stand beside a namesake: provinces without «Tỉnh», and with the time of their life when
 * another province bears or bore the name: «Thái Nguyên (từ 1/7/2025)».
 */
export function unitLabel(registry: Registry, id: string, day: string): Label {
  const record = registry.unit(id);
  if (!record) return { vi: id, en: id };
  const label = plainLabel(record, day);
  if (record.kind !== 'province') return label;
  const namesakes = namesakesOf(registry).get(label.vi) ?? 1;
  return namesakes > 1 ? withLife(label, record) : label;
}

function plainLabel(record: UnitRecord, day: string): Label {
  const name = nearestValue(record.names, day) ?? { vi: record.id, en: '' };
  const type = nearestValue(record.types, day) ?? '';
  const short = record.kind === 'province' && type && name.vi.startsWith(`${type} `);
  const vi = short ? name.vi.slice(type.length + 1) : name.vi;
  return { vi, en: name.en || vi };
}

function namesakesOf(registry: Registry): Map<string, number> {
  return registry.remember('province-namesakes', () => {
    const names = new Map<string, number>();
    for (const record of registry.all('province')) {
      const seen = new Set(record.names.map((span) => plainLabel(record, span.from ?? '0001-01-01').vi));
      for (const vi of seen) names.set(vi, (names.get(vi) ?? 0) + 1);
    }
    return names;
  });
}

function withLife({ vi, en }: Label, { life }: UnitRecord): Label {
  const last = life.to === null ? null : dayBefore(life.to);
  if (life.from === null && last === null) return { vi, en };
  if (last === null) return { vi: `${vi} (từ ${vietnamese(life.from!)})`, en: `${en} (from ${life.from})` };
  if (life.from === null) return { vi: `${vi} (đến ${vietnamese(last)})`, en: `${en} (to ${last})` };
  return { vi: `${vi} (${vietnamese(life.from)}–${vietnamese(last)})`, en: `${en} (${life.from} to ${last})` };
}

/** 2025-07-01 as 1/7/2025; the first day of a year stands for the year. */
function vietnamese(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return month === 1 && date === 1 ? String(year) : `${date}/${month}/${year}`;
}
