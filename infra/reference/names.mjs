/** Types as they are written, longest first: the source capitalises some otherwise ("Thành Phố Bắc Kạn"). */
const TYPES = ['Thành phố', 'Thị trấn', 'Đặc khu', 'Thị xã', 'Phường', 'Huyện', 'Quận', 'Tỉnh', 'Xã'];
const ENGLISH = { Phường: 'Ward', Quận: 'District', Xã: 'Commune', 'Thị trấn': 'Town' };

/** "Thị Trấn Óc Eo" is `{ type: 'Thị trấn', bare: 'Óc Eo' }`. The name is trusted for the type: the source's own column errs. */
export function partsOf(name) {
  const type = TYPES.find((each) => name.toLowerCase().startsWith(`${each.toLowerCase()} `));
  if (!type) throw new Error(`A name without a known type: ${name}`);
  return { type, bare: name.slice(type.length + 1) };
}

/** The type, and the name in both languages: Vietnamese with its type, English without tones and type. */
export function named(name) {
  const { type, bare } = partsOf(name);
  const plain = bare.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
  // "Phường 4" is nothing without its type.
  const en = /^\d/.test(plain) ? `${ENGLISH[type]} ${plain}` : plain;
  return { name: { vi: `${type} ${bare}`, en }, type };
}
