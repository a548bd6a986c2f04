import { location } from './events.mjs';
import { named } from './names.mjs';

const unit = (id, kind, row, parent) => ({
  unit: id,
  kind,
  officialCode: row.code,
  ...named(row.name),
  parent,
  location: location(row),
});

export const provinceOf2024 = (row) => unit(`province-${row.code}`, 'province', row, 'vn');
export const districtOf2024 = (row) => unit(`district-${row.code}`, 'district', row, `province-${row.province_code}`);

/** Without its place: ten thousand points that nobody draws any more. Those of today have one. */
export function communeOf2024(row) {
  const { location: _left, ...commune } = unit(`commune-${row.code}`, 'commune', row, `district-${row.district_code}`);
  return commune;
}
