/** The territory as a nation needs it: the provinces, districts and communes until 30 June 2025, and what each became. */

export interface Place {
  id: string;
  name: { vi: string; en?: string };
  /** Tỉnh, Huyện, Phường … */
  type: string;
}

export interface Commune extends Place {
  district: District;
  /** The commune since 1 July 2025 that it went to, whole or by default; itself where the reform left it. */
  after: Ward;
}

export interface District extends Place {
  province: Province;
  communes: Commune[];
}

export interface Province extends Place {
  districts: District[];
  after: Place;
}

/** A commune since 1 July 2025. */
export interface Ward extends Place {
  communes: Commune[];
}

export interface Territory {
  provinces: Province[];
}

/** A fact of `infra/reference`. */
export interface ReferenceFact {
  type: string;
  data: unknown;
}

interface Established {
  unit: string;
  kind: string;
  name: { vi: string; en?: string };
  type: string;
  parent: string;
}

interface Reorganised {
  effectiveOn: string;
  established: Established[];
  parts: { from: string; to: string; extent: string; default?: boolean }[];
  moved: { unit: string; parent: string }[];
}

export const REFORM = '2025-07-01';

/** Folds the reference facts, in their order; `only`: codes of provinces as of 2024, e.g. 14. */
export function territoryOf(facts: Iterable<ReferenceFact>, only?: ReadonlySet<string>): Territory {
  const units = new Map<string, Established>();
  const later = new Map<string, Established>();
  const heirs = new Map<string, string>();
  for (const { type, data } of facts) {
    if (type.endsWith('.UnitEstablished.v1')) units.set((data as Established).unit, data as Established);
    else if (type.endsWith('.UnitsReorganised.v1')) reorganise(data as Reorganised, units, later, heirs);
  }
  const place = ({ unit, name, type }: Established): Place => ({ id: unit, name, type: type ?? '' });
  const after = (id: string) => later.get(heirs.get(id) ?? '') ?? units.get(heirs.get(id) ?? id)!;
  const wards = new Map<string, Ward>();
  const provinces = new Map<string, Province>();
  const provincesAfter = new Map<string, Place>();
  const districts = new Map<string, District>();
  const ofKind = (kind: string) => [...units.values()].filter((unit) => unit.kind === kind).sort(byId);
  for (const unit of ofKind('province')) {
    if (only && !only.has(unit.unit.slice('province-'.length))) continue;
    const heir = after(unit.unit);
    const shared = provincesAfter.get(heir.unit) ?? place(heir);
    provincesAfter.set(heir.unit, shared);
    provinces.set(unit.unit, { ...place(unit), districts: [], after: shared });
  }
  for (const unit of ofKind('district')) {
    const province = provinces.get(unit.parent);
    if (!province) continue;
    const district = { ...place(unit), province, communes: [] };
    province.districts.push(district);
    districts.set(unit.unit, district);
  }
  for (const unit of ofKind('commune')) {
    const district = districts.get(unit.parent);
    if (!district) continue;
    const heir = after(unit.unit);
    const ward = wards.get(heir.unit) ?? { ...place(heir), communes: [] };
    wards.set(heir.unit, ward);
    const commune = { ...place(unit), district, after: ward };
    ward.communes.push(commune);
    district.communes.push(commune);
  }
  return { provinces: [...provinces.values()] };
}

const byId = (one: Established, other: Established) => (one.unit < other.unit ? -1 : 1);

function reorganise(
  { effectiveOn, established, parts, moved }: Reorganised,
  units: Map<string, Established>,
  later: Map<string, Established>,
  heirs: Map<string, string>,
): void {
  if (effectiveOn === REFORM) {
    for (const unit of established) later.set(unit.unit, unit);
    for (const { from, to, extent, default: isDefault } of parts) {
      if (extent === 'whole' || isDefault) heirs.set(from, to);
    }
    return;
  }
  // The older history: only how things stood on the eve of the reform matters here.
  const targets = new Set(parts.map(({ to }) => to));
  for (const { from } of parts) if (!targets.has(from)) units.delete(from);
  for (const unit of established) units.set(unit.unit, unit);
  for (const { unit, parent } of moved ?? []) units.set(unit, { ...units.get(unit)!, parent });
}

/** "Thành phố Bắc Kạn" without its type: Bắc Kạn. One that is a number keeps it: Phường 4. */
export function bare({ name, type }: Place): string {
  const short = name.vi.startsWith(`${type} `) ? name.vi.slice(type.length + 1) : name.vi;
  return /^\d/.test(short) ? name.vi : short;
}

/** "huyện Mộc Châu", as it stands inside a sentence. */
export function inSentence({ name }: Place): string {
  return name.vi.charAt(0).toLowerCase() + name.vi.slice(1);
}

/** commune-10546 → 10546, district-290 → 290. */
export function codeOf({ id }: Place): string {
  return id.slice(id.indexOf('-') + 1);
}

/** Every commune of a province. */
export function communesOf(province: Province): Commune[] {
  return province.districts.flatMap((district) => district.communes);
}
