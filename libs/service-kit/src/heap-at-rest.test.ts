import { expect, test } from '@jest/globals';
import { HeapAtRest } from './heap-at-rest.js';

const MB = 1_000_000;

test('the heap is compacted when there is little to do', () => {
  const heap = new HeapAtRest();
  expect(heap.isToBeCompacted(0.5, 80 * MB, 0)).toBe(false);
  expect(heap.isToBeCompacted(0.02, 80 * MB, 0)).toBe(true);
});

test('it is compacted again only when it has grown since, whatever was left of it', () => {
  const heap = new HeapAtRest();
  heap.wasCompacted(60 * MB, 0, 0);
  expect(heap.isToBeCompacted(0, 64 * MB, 5_000)).toBe(false);
  expect(heap.isToBeCompacted(0, 70 * MB, 5_000)).toBe(true);
  heap.wasCompacted(69 * MB, 5_000, 5_000);
  expect(heap.isToBeCompacted(0, 70 * MB, 10_000)).toBe(false);
});

test('it is compacted for a fiftieth of the time at most', () => {
  const heap = new HeapAtRest();
  heap.wasCompacted(60 * MB, 1_000, 1_200);
  expect(heap.isToBeCompacted(0, 80 * MB, 10_900)).toBe(false);
  expect(heap.isToBeCompacted(0, 80 * MB, 11_000)).toBe(true);
});

test('a heap that takes long is left to its service', () => {
  expect(new HeapAtRest().isToBeCompacted(0, 400 * MB, 0)).toBe(false);
});
