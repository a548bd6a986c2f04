/** The map's shapes as paths, and the borders between whatever the provinces are joined to. Pure. */

type Ring = [number, number][];

export interface Feature {
  properties: { code: string; name: string; label_point: [number, number] };
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
}

export interface Shape {
  /** Official code of the province of 2024. */
  code: string;
  path: string;
  label: [number, number];
}

/** A piece of border, and the provinces on both sides of it; the sea and other countries are none. */
interface Edge {
  path: string;
  sides: string[];
}

export interface Outlines {
  width: number;
  height: number;
  shapes: Shape[];
  edges: Edge[];
}

const WIDTH = 460;
const MARGIN = 6;

/** Lays the provinces out flat: one degree of longitude is as wide as it is in the country's middle. */
export function outlinesOf(features: readonly Feature[]): Outlines {
  const points = features.flatMap((feature) => ringsOf(feature).flat());
  const [west, east] = extent(points.map(([x]) => x));
  const [south, north] = extent(points.map(([, y]) => y));
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrow);
  const place = ([x, y]: [number, number]): [number, number] => [
    MARGIN + (x - west) * narrow * scale,
    MARGIN + (north - y) * scale,
  ];
  const edges = new Map<string, Edge>();
  const shapes = features.map((feature) => {
    const { code, label_point } = feature.properties;
    const rings = ringsOf(feature).map((ring) => ring.map((point) => textOf(place(point))));
    for (const ring of rings) addEdges(edges, code, ring);
    return { code, path: rings.map(pathOf).join(''), label: place(label_point) };
  });
  return { width: WIDTH, height: MARGIN * 2 + (north - south) * scale, shapes, edges: [...edges.values()] };
}

/** The borders between different groups, and around them all, as one path. `groupOf` says what a province belongs to. */
export function bordersOf({ edges }: Outlines, groupOf: (code: string) => string): string {
  return edges
    .filter(({ sides }) => new Set(sides.map(groupOf)).size !== 1 || sides.length === 1)
    .map(({ path }) => path)
    .join('');
}

function ringsOf({ geometry }: Feature): Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

function addEdges(edges: Map<string, Edge>, code: string, ring: readonly string[]): void {
  for (let i = 1; i < ring.length; i += 1) {
    const [from, to] = [ring[i - 1]!, ring[i]!];
    // The same edge for both provinces, whichever way round each has it.
    const key = from < to ? `${from}L${to}` : `${to}L${from}`;
    const known = edges.get(key);
    if (known) known.sides.push(code);
    else edges.set(key, { path: `M${key}`, sides: [code] });
  }
}

const textOf = ([x, y]: [number, number]): string => `${tenths(x)} ${tenths(y)}`;
const tenths = (value: number): number => Math.round(value * 10) / 10;
const pathOf = (ring: readonly string[]): string => `M${ring.join('L')}Z`;

function extent(values: number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
