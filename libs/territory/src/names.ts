import type { Name } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { dayBefore, givenLabel, onDay } from './days.js';
import type { UnitRecord } from './records.js';
import { nearestValue } from './records.js';
import type { Registry } from './registry.js';

/** Without tones and case, so that "pha lai" finds "Phả Lại". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A name without its type: "Phường Phả Lại" is "Phả Lại"; "Phường 4" and "Quận 1" stay whole. */
export function bareName(name: string, type: string): string {
  if (!type || !name.toLowerCase().startsWith(`${type.toLowerCase()} `)) return name;
  const bare = name.slice(type.length + 1);
  return /^\d/.test(bare) ? name : bare;
}

/**
 * How a unit of territory is called in a list that goes over several maps: by its last name, and with its time where its
 * predecessors or successors bear the same one: "Thái Nguyên (từ 1/7/2025)".
 */
export function labelOf(registry: Registry, unit: string): Name | undefined {
  const record = registry.unit(unit);
  const name = record && calledAtLast(record);
  if (!record || !name) return undefined;
  const hasNamesake = [...record.predecessors, ...record.successors].some((edge) => {
    const other = registry.unit(edge.other);
    return other?.kind === record.kind && calledAtLast(other)?.vi === name.vi;
  });
  if (!hasNamesake) return name;
  return { vi: `${name.vi} (${time(record, 'vi')})`, en: `${name.en} (${time(record, 'en')})` };
}

function calledAtLast(record: UnitRecord): Name | undefined {
  const name = record.names.at(-1)?.value;
  if (!name) return undefined;
  const type = record.types.at(-1)?.value ?? '';
  const vi = bareName(name.vi, type);
  return { vi, en: name.en || vi };
}

function time(record: UnitRecord, language: 'vi' | 'en'): string {
  const { from, to } = record.life;
  const write = (day: string): string => givenLabel(onDay(day), language);
  const until = to === null ? '' : write(dayBefore(to));
  if (from === null) return language === 'vi' ? `đến ${until}` : `until ${until}`;
  if (to === null) return language === 'vi' ? `từ ${write(from)}` : `from ${write(from)}`;
  return `${write(from)} – ${until}`;
}

/** The name that a unit bore on a day, or on the nearest of its life. */
export function nameOn(record: UnitRecord, day: string): Name | undefined {
  return nearestValue(record.names, day);
}
