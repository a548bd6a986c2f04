import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { ReadModel } from '@gdtx/dashboard/columns/read-model';
import type { Registry as RegistryType, RegistryFact } from '@gdtx/territory/registry';
import { Registry } from '@gdtx/territory/registry';
import { mapOf, rowOf, type Level, type MapName, type TerritoryMap } from '@gdtx/territory/maps';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';

/** The registry as the entries of the ledgers `vn` make it. */
export function registryFrom(entries: Iterable<Entry>): RegistryType {
  const registry = Registry.empty();
  for (const { service, type, data, seq, recordedAt } of entries) {
    const decoded = codecOf(type)?.decode(data);
    if (decoded !== undefined) registry.apply({ service, type, data: decoded, seq, recordedAt } as RegistryFact);
  }
  return registry;
}

/** One value: what a unit said of an indicator and category in a month, with where it lay then and lies today. */
export interface AnalyticsRow {
  indicator: string;
  category: string;
  /** YYYY-MM-01. */
  month: string;
  unit: string;
  then: Record<PlaceLevel, string>;
  today: Record<PlaceLevel, string>;
  value: number;
}

export const PLACE_LEVELS = ['province', 'district', 'commune'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

/** Everything that the read model adds up: a row a value, whenever it was recorded. */
export function* analyticsRows(model: ReadModel, registry: RegistryType, today: string): Generator<AnalyticsRow> {
  const places = { then: new PlacesOf(registry, 'then'), today: new PlacesOf(registry, today) };
  for (const { indicator, part, series, chunks } of model.flowRows.columns) {
    if (part !== '') continue;
    const sums = new Map<number, number>();
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.length; i++) {
        const key = chunk.series[i]! * MONTHS + chunk.month[i]!;
        sums.set(key, (sums.get(key) ?? 0) + chunk.sum[i]!);
      }
    }
    for (const [key, value] of sums) {
      const [of, month] = [Math.floor(key / MONTHS), key % MONTHS];
      const unit = model.units.text(series.unit[of]!);
      yield {
        indicator,
        category: model.categories.text(series.category[of]!),
        month: `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
        unit,
        then: places.then.of(unit, month),
        today: places.today.of(unit, month),
        value,
      };
    }
  }
}

const MONTHS = 65_536;

/** The keys of the rows of figures, so that both can be compared. */
class PlacesOf {
  private readonly maps: Record<PlaceLevel, TerritoryMap>;

  constructor(registry: RegistryType, map: MapName) {
    const at = (level: Level) => mapOf(registry, { map, level });
    this.maps = { province: at('province'), district: at('district'), commune: at('commune') };
  }

  of(unit: string, month: number): Record<PlaceLevel, string> {
    const key = (level: PlaceLevel): string => {
      const { kind, key: name } = this.maps[level].rows[rowOf(this.maps[level].cell(unit, month))]!;
      return kind === 'none' ? 'none' : name;
    };
    return { province: key('province'), district: key('district'), commune: key('commune') };
  }
}
