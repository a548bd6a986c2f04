import { fact } from './events.mjs';
import { named } from './names.mjs';
import { districtOf2024, provinceOf2024 } from './territory-2024.mjs';

/**
 * The one piece of older history that is told: Bắc Thái, in which a centre of today was founded. Its division in 1997, and
 * the two districts that were made of others in Bắc Kạn since.
 */
const RESOLUTION = {
  title: 'Nghị quyết của Quốc hội về việc chia và điều chỉnh địa giới hành chính một số tỉnh',
  publisher: 'Quốc hội',
  publishedOn: '1996-11-06',
  url: 'https://vbpl.vn/caobang/Pages/vbpq-toanvan.aspx?ItemID=9023',
};
/** What the resolution of that day divides and hands over was there. */
const BY_THEN = { notAfter: '1996-11-06' };

const OF_BAC_THAI = {
  'province-06': ['058', '063', '064', '066'],
  'province-19': ['164', '165', '167', '168', '169', '170', '171', '172', '173'],
};
/** Ngân Sơn and Ba Bể were Cao Bằng's, from 1978 to 1996. */
const OF_CAO_BANG = ['061', '062'];
const SINCE = [
  {
    district: '065',
    from: '063',
    effectiveOn: '1998-07-21',
    decree: { number: '46/1998/NĐ-CP', issuedOn: '1998-07-06', issuer: 'Chính phủ' },
    note: 'Có hiệu lực sau 15 ngày kể từ ngày ban hành.',
  },
  {
    district: '060',
    from: '061',
    effectiveOn: { notBefore: '2003-06-12' },
    decree: { number: '56/2003/NĐ-CP', issuedOn: '2003-05-28', issuer: 'Chính phủ' },
    note: 'Có hiệu lực sau 15 ngày kể từ ngày đăng Công báo; ngày đăng chưa rõ.',
  },
];

/** The facts, and the ids of the units that they establish, which the list must not establish again. */
export function bacThai({ provinces, districts }) {
  const province = new Map(provinces.map((row) => [row.code, row]));
  const district = new Map(districts.map((row) => [row.code, row]));
  const existed = (unit) =>
    fact(`unit-${unit.unit}`, 'UnitEstablished', { ...unit, effectiveOn: BY_THEN, source: RESOLUTION });
  const districtIn = (code, parent) => existed({ ...districtOf2024(district.get(code)), parent });

  const facts = [
    existed({ unit: 'vn', kind: 'country', name: { vi: 'Việt Nam', en: 'Viet Nam' } }),
    existed({ unit: 'province-bac-thai', kind: 'province', ...named('Tỉnh Bắc Thái'), parent: 'vn' }),
    existed(provinceOf2024(province.get('04'))),
    ...Object.values(OF_BAC_THAI).flatMap((codes) => codes.map((code) => districtIn(code, 'province-bac-thai'))),
    ...OF_CAO_BANG.map((code) => districtIn(code, 'province-04')),
    division(province),
    ...SINCE.map((each) => separation(each, district.get(each.district))),
  ];
  const units = facts.flatMap(({ data }) => data.unit ?? data.established.map((each) => each.unit));
  return { facts, units: new Set(units) };
}

function division(province) {
  return fact('1997-bac-thai', 'UnitsReorganised', {
    effectiveOn: '1997-01-01',
    established: ['06', '19'].map((code) => provinceOf2024(province.get(code))),
    parts: ['province-06', 'province-19'].map((to) => ({ from: 'province-bac-thai', to, extent: 'part' })),
    moved: [
      ...Object.entries(OF_BAC_THAI).flatMap(([parent, codes]) =>
        codes.map((code) => ({ unit: `district-${code}`, parent })),
      ),
      ...OF_CAO_BANG.map((code) => ({ unit: `district-${code}`, parent: 'province-06' })),
    ],
    legalBasis: [{ issuedOn: '1996-11-06', issuer: 'Quốc hội' }],
    note: 'Nghị quyết không số. Huyện Ngân Sơn và huyện Ba Bể do tỉnh Cao Bằng chuyển giao.',
    source: RESOLUTION,
  });
}

function separation({ district, from, effectiveOn, decree, note }, row) {
  const [source, target] = [`district-${from}`, `district-${district}`];
  return fact(`separated-${target}`, 'UnitsReorganised', {
    effectiveOn,
    established: [districtOf2024(row)],
    parts: [
      { from: source, to: source, extent: 'part', default: true },
      { from: source, to: target, extent: 'part' },
    ],
    legalBasis: [decree],
    note,
    source: { title: `Nghị định ${decree.number}`, publisher: 'Chính phủ' },
  });
}
