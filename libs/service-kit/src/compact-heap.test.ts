import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import v8 from 'node:v8';
import { compactHeap } from './compact-heap.js';

test('what lies scattered is moved together, and its pages are given back', async () => {
  let all: string[][] | undefined = Array.from({ length: 400_000 }, (_, i) => [`piece ${i}`, `${i}`]);
  const kept = all.filter((_, i) => i % 20 === 0);
  all = undefined;
  await pause(1);
  const before = v8.getHeapStatistics();
  compactHeap();
  const after = v8.getHeapStatistics();
  expect(kept).toHaveLength(20_000);
  expect(after.used_heap_size).toBeLessThan(before.used_heap_size);
  expect(after.total_physical_size).toBeLessThan(before.total_physical_size);
});
