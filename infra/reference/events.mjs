const SOURCE = 'urn:gdtx:unit:vn';

/** A fact of the service `provinces` as a CloudEvent. Its id is the reference's own, so that sending it again changes nothing. */
export function fact(id, name, data) {
  return { specversion: '1.0', id: `ref-${id}`, source: SOURCE, type: `vn.gdtx.provinces.${name}.v1`, data };
}

/** The list that everything but history comes from. */
export const LIST = { title: 'vietnamadminunits 1.0.4' };
/** A day on which that list held: it has the towns of March 2025, and not yet the reform. */
export const LISTED = { notAfter: '2025-06-30' };

/** A unit of the list: it existed by then; since when isn't known. */
export function listed(unit) {
  return fact(`unit-${unit.unit}`, 'UnitEstablished', { ...unit, effectiveOn: LISTED, source: LIST });
}

/** Degrees to about ten metres. */
export function location({ lat, lon }) {
  return { lat: Number(Number(lat).toFixed(4)), lon: Number(Number(lon).toFixed(4)) };
}
