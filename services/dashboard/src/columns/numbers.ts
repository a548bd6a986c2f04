/** Whole numbers mostly fit into 32 bits; a budget in đồng doesn't. */
export type Numbers = Int32Array | Float64Array;
/** How many facts a row consists of: mostly a handful. */
export type Counts = Int8Array | Int32Array;
/** Places in a list: few lists have more than 65,536. */
export type Places = Uint16Array | Int32Array;

/** Puts a number in its place. Where it doesn't fit, all of them get more room: the answer is the array that holds them from now on. */
export function put(numbers: Numbers, at: number, value: number): Numbers;
export function put(numbers: Counts, at: number, value: number): Counts;
export function put(numbers: Places, at: number, value: number): Places;
export function put(numbers: Numbers | Counts | Places, at: number, value: number): Numbers | Counts | Places {
  numbers[at] = value;
  if (numbers[at] === value || numbers instanceof Float64Array) return numbers;
  const wider = numbers instanceof Int32Array ? Float64Array.from(numbers) : Int32Array.from(numbers);
  wider[at] = value;
  return wider;
}
