/** Whole numbers mostly fit into 32 bits; a budget in đồng doesn't, and then the chunk that it is in becomes twice as wide. */
export type Numbers = Int32Array | Float64Array;

export function fits(value: number): boolean {
  return (value | 0) === value;
}

/** The numbers with room for any value. */
export function widened(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

/** How many facts a row consists of: mostly a handful. */
export type Counts = Int8Array | Int32Array;

export function fitsByte(count: number): boolean {
  return (count << 24) >> 24 === count;
}

/** The counts with room for any number of facts. */
export function widenedCounts(counts: Counts): Int32Array {
  return counts instanceof Int32Array ? counts : Int32Array.from(counts);
}

/** A place in a list: few lists have more than 65,536. */
export type Places = Uint16Array | Int32Array;

export function fitsShort(place: number): boolean {
  return (place & 0xffff) === place;
}

/** The places with room for any list. */
export function widenedPlaces(places: Places): Int32Array {
  return places instanceof Int32Array ? places : Int32Array.from(places);
}
