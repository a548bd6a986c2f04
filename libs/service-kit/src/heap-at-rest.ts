import { performance } from 'node:perf_hooks';
import v8 from 'node:v8';
import { compactHeap } from './compact-heap.js';

const LOOK_MS = 5_000;
/** Share of the time between two looks in which something was done: a service that waits for others has less. */
const AT_REST = 0.1;
/** What the heap must have grown by. */
const WORTHWHILE_BYTES = 8_000_000;
/** A larger heap takes too long for whoever asks just then; its service knows itself when nobody does. */
const LARGEST_BYTES = 200_000_000;
/** After it, so many times as long as it took. */
const REST = 49;

/** Decides, look by look, whether the heap is to be compacted. */
export class HeapAtRest {
  private bytesLeft = 0;
  private notBefore = 0;

  /** `utilization`: share of the time since the last look in which the event loop did something; `bytes`: of the heap; `at`: milliseconds. */
  isToBeCompacted(utilization: number, bytes: number, at: number): boolean {
    if (utilization >= AT_REST || at < this.notBefore) return false;
    return bytes <= LARGEST_BYTES && bytes >= this.bytesLeft + WORTHWHILE_BYTES;
  }

  /** Between two moments, and so large is it now. */
  wasCompacted(bytes: number, from: number, to: number): void {
    this.bytesLeft = bytes;
    this.notBefore = to + (to - from) * REST;
  }
}

/** From now on the process gives memory back that work has left in its heap, whenever it has had little to do for some seconds. */
export function compactAtRest(): void {
  const heap = new HeapAtRest();
  let before = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const began = performance.now();
    if (!heap.isToBeCompacted(utilization, heapBytes(), began)) return;
    compactHeap();
    heap.wasCompacted(heapBytes(), began, performance.now());
  }, LOOK_MS).unref();
}

const heapBytes = () => v8.getHeapStatistics().total_physical_size;
