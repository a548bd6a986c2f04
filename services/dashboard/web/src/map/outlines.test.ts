import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { bordersOf, outlinesOf, type Feature } from './outlines.js';

const square = (code: string, x: number): Feature => ({
  properties: { code, name: code, label_point: [x + 0.5, 0.5] },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 0],
        [x + 1, 0],
        [x + 1, 1],
        [x, 1],
        [x, 0],
      ],
    ],
  },
});
const count = (path: string) => path.split('M').length - 1;

describe('outlines', () => {
  const two = outlinesOf([square('a', 0), square('b', 1)]);

  test('neighbours share an edge, which is a border while they are apart', () => {
    expect(two.edges).toHaveLength(7);
    expect(count(bordersOf(two, (code) => code))).toBe(7);
  });

  test('what is joined has no border within', () => {
    expect(count(bordersOf(two, () => 'one'))).toBe(6);
  });

  test('the country: 63 provinces, taller than wide, each with its label', () => {
    const file = new URL('./provinces-2024.geojson', import.meta.url);
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: Feature[] };
    const { shapes, width, height } = outlinesOf(features);
    expect(new Set(shapes.map(({ code }) => code)).size).toBe(63);
    expect(height).toBeGreaterThan(1.5 * width);
    for (const { label } of shapes) {
      expect(label[0]).toBeGreaterThan(0);
      expect(label[0]).toBeLessThan(width);
      expect(label[1]).toBeGreaterThan(0);
      expect(label[1]).toBeLessThan(height);
    }
  });
});
