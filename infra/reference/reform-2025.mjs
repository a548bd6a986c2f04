import { fact, LIST, location } from './events.mjs';
import { named } from './names.mjs';

const DAY = '2025-07-01';
const ASSEMBLY = 'Quốc hội';
const STANDING_COMMITTEE = 'Ủy ban Thường vụ Quốc hội';
const PROVINCES = { number: '202/2025/QH15', issuedOn: '2025-06-12', issuer: ASSEMBLY };
/** What the districts' end rests on in every province, and how communes were to be arranged. */
const EVERYWHERE = [
  { number: '203/2025/QH15', issuedOn: '2025-06-16', issuer: ASSEMBLY },
  { number: '72/2025/QH15', issuedOn: '2025-06-16', issuer: ASSEMBLY },
  { number: '76/2025/UBTVQH15', issuedOn: '2025-04-14', issuer: STANDING_COMMITTEE },
];

/** Communes that the resolutions leave as they are, and whose names the two lists spell in two ways. */
const SPELLED_IN_TWO_WAYS = new Set(['04603', '23650', '24184', '24221', '25225', '26119']);

/** Districts without communes, which became communes as a whole (special zones). */
const ISLANDS = { 318: '11948', 471: '19742', 498: '20333', 536: '21548', 755: '26732' };

/** One fact for each province of 2025: what became of its provinces, districts and communes. */
export function reformOf2025(lists) {
  const changes = new Changes(lists);
  return lists.provinces2025.map((row) => reformIn(row, lists, changes));
}

/** Communes that are left as they are: their names as the law of 2025 spells them. */
export function unchangedCommunes(lists) {
  const changes = new Changes(lists);
  return new Map(lists.communes2025.filter((row) => changes.isUnchanged(row.code)).map((row) => [row.code, row.name]));
}

function reformIn(row, lists, changes) {
  const formedFrom = row.formed_from_2024_codes.split(';');
  const isMerged = formedFrom.length > 1;
  const province = isMerged ? `province-${row.code}-2025` : `province-${row.code}`;
  const communes = lists.communes2025.filter((each) => each.province_code === row.code);
  const districts = lists.districts.filter((each) => formedFrom.includes(each.province_code));
  const before = lists.communes.filter((each) => formedFrom.includes(each.province_code));
  return fact(`2025-province-${row.code}`, 'UnitsReorganised', {
    effectiveOn: DAY,
    established: [
      ...(isMerged ? [established(province, 'province', row, 'vn')] : []),
      ...communes
        .filter((each) => !changes.isUnchanged(each.code))
        .map((each) => established(changes.idOf(each.code), 'commune', each, province)),
    ],
    parts: [
      ...(isMerged ? formedFrom.map((code) => ({ from: `province-${code}`, to: province, extent: 'whole' })) : []),
      ...districts.flatMap((each) => changes.partsOfDistrict(each.code)),
      ...before.flatMap((each) => changes.partsOfCommune(each.code)),
    ],
    moved: communes
      .filter((each) => changes.isUnchanged(each.code))
      .map((each) => ({ unit: changes.idOf(each.code), parent: province })),
    legalBasis: [...(isMerged ? [PROVINCES] : []), lists.resolutions.get(row.code), ...EVERYWHERE],
    source: LIST,
  });
}

const established = (unit, kind, row, parent) => ({
  unit,
  kind,
  officialCode: row.code,
  ...named(row.name),
  parent,
  location: location(row),
});

export function resolutionsOf(rows) {
  return new Map(
    rows.map((row) => [row.province_code, { number: row.number, issuedOn: row.issued_on, issuer: STANDING_COMMITTEE }]),
  );
}

/** Which commune of 2024 became which of 2025. */
class Changes {
  constructor({ communes, communes2025, changes }) {
    this.communes = new Map(communes.map((row) => [row.code, row]));
    this.communes2025 = new Map(communes2025.map((row) => [row.code, row]));
    this.byOld = group(changes, (row) => row.old_code);
    this.byNew = group(changes, (row) => row.new_code);
    this.byDistrict = group(communes, (row) => row.district_code);
  }

  /** One commune of 2024, which went nowhere else, under the same code, type and name. */
  isUnchanged(code) {
    const origins = this.byNew.get(code) ?? [];
    const before = origins.length === 1 ? this.communes.get(origins[0].old_code) : undefined;
    if (!before || before.code !== code || this.byOld.get(code).length !== 1) return false;
    const [old, today] = [named(before.name), named(this.communes2025.get(code).name)];
    return old.name.vi === today.name.vi || (old.type === today.type && SPELLED_IN_TWO_WAYS.has(code));
  }

  idOf(code) {
    return this.isUnchanged(code) ? `commune-${code}` : `commune-${code}-2025`;
  }

  partsOfCommune(code) {
    if (this.isUnchanged(code)) return [];
    return this.byOld.get(code).map((row) => {
      const part = {
        from: `commune-${code}`,
        to: this.idOf(row.new_code),
        extent: row.kind === 'whole' ? 'whole' : 'part',
      };
      return row.kind === 'divided' && row.default_successor === '1' ? { ...part, default: true } : part;
    });
  }

  /**
   * A district leads to the communes that its own went to, whole or in the main. A strip that one of them gave to a
   * neighbour stands at that commune alone.
   */
  partsOfDistrict(code) {
    const targets = ISLANDS[code]
      ? [ISLANDS[code]]
      : this.byDistrict.get(code).flatMap((commune) => this.mainTargetsOf(commune.code));
    const communes = [...new Set(targets)].sort();
    const extent = communes.length === 1 ? 'whole' : 'part';
    return communes.map((commune) => ({ from: `district-${code}`, to: this.idOf(commune), extent }));
  }

  mainTargetsOf(code) {
    return this.byOld
      .get(code)
      .filter((row) => row.kind === 'whole' || row.default_successor === '1')
      .map((row) => row.new_code);
  }
}

function group(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
