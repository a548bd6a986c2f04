/** Whole numbers mostly fit into 32 bits; a budget in đồng doesn't, and then the chunk that it is in becomes twice as wide. */
export type Numbers = Int32Array | Float64Array;

export function fits(value: number): boolean {
  return (value | 0) === value;
}

/** The numbers with room for any value. */
export function widened(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}
