import { describe, expect, test } from '@jest/globals';
import type { Flusher } from './flusher.js';
import { FlushSchedule, type FlushPace } from './flush-schedule.js';

const PACE: FlushPace = {
  soonMs: 10,
  apartMs: 0,
  manyEntries: 100,
  lateMs: 60_000,
  mostEntries: 200,
  reliefEntries: 200,
};
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** However slow the machine is. */
async function until(so: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !so(); i++) await sleep(5);
  expect(so()).toBe(true);
}

/** Flushes when it is let to. */
class FakeFlusher {
  idle = false;
  begun = 0;
  relieved = 0;
  ended = 0;
  failures = 0;
  private release: (() => void)[] = [];
  constructor(public holds = false) {}

  async flush(): Promise<void> {
    expect(this.begun).toBe(this.ended);
    this.begun += 1;
    if (this.holds) await new Promise<void>((resolve) => this.release.push(resolve));
    this.ended += 1;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('away');
    }
    this.idle = true;
  }

  relieve(): Promise<void> {
    this.relieved += 1;
    if (this.failures === 0) return Promise.resolve();
    this.failures -= 1;
    return Promise.reject(new Error('away'));
  }

  letGo(): void {
    this.holds = false;
    for (const release of this.release.splice(0)) release();
  }
}

function schedule(flusher = new FakeFlusher(), pace: Partial<FlushPace> = {}) {
  const warnings: Record<string, unknown>[] = [];
  const made = new FlushSchedule(flusher as unknown as Flusher, { ...PACE, ...pace }, (_, detail) =>
    warnings.push(detail),
  );
  return { flusher, schedule: made, warnings };
}

describe('what was folded is stored', () => {
  test('soon after it was folded', async () => {
    const { flusher, schedule: it } = schedule();
    it.changed(1);
    it.changed(1);
    expect(flusher.begun).toBe(0);
    await sleep(40);
    expect(flusher.begun).toBe(1);
    it.stop();
  });

  test('some time after the flush before, except at the end', async () => {
    const { flusher, schedule: it } = schedule(new FakeFlusher(), { apartMs: 100_000 });
    it.changed(1);
    await until(() => flusher.begun === 1);
    await sleep(1);
    flusher.idle = false;
    it.changed(1);
    await sleep(40);
    expect(flusher.begun).toBe(1);
    await it.drain(2_000);
    expect(flusher.begun).toBe(2);
    it.stop();
  });

  test('while much is to be read: when there is much of it', async () => {
    const { flusher, schedule: it } = schedule();
    it.behind = true;
    it.changed(99);
    await sleep(40);
    expect(flusher.begun).toBe(0);
    it.changed(1);
    expect(flusher.begun).toBe(1);
    await sleep(1);
    flusher.idle = false;
    it.changed(50);
    await sleep(40);
    expect(flusher.begun).toBe(1);
    it.changed(50);
    expect(flusher.begun).toBe(2);
    it.stop();
  });

  test('while much is to be read: when it waits for long', async () => {
    const { flusher, schedule: it } = schedule(new FakeFlusher(), { lateMs: 60 });
    it.behind = true;
    it.changed(1);
    await sleep(20);
    expect(flusher.begun).toBe(0);
    await sleep(80);
    expect(flusher.begun).toBe(1);
    it.stop();
  });

  test('at once when all is read that was to be read, however late it was due', async () => {
    const { flusher, schedule: it } = schedule();
    it.behind = true;
    it.changed(1);
    it.behind = false;
    await sleep(40);
    expect(flusher.begun).toBe(1);
    it.stop();
  });

  test('while much is to be read: meanwhile what has gone cold, until that fails', async () => {
    const { flusher, schedule: it } = schedule(new FakeFlusher(), { manyEntries: 1_000, mostEntries: 2_000 });
    it.changed(150);
    it.behind = true;
    expect(flusher.relieved).toBe(0);
    it.changed(50);
    expect(flusher.relieved).toBe(1);
    await sleep(1);
    flusher.failures = 1;
    it.changed(200);
    await sleep(1);
    it.changed(200);
    expect([flusher.relieved, flusher.begun]).toEqual([2, 0]);
    // Then everything is tried again, as after any failure.
    await until(() => flusher.begun === 1);
    it.stop();
  });

  test('one flush at a time; what came meanwhile goes with the next', async () => {
    const { flusher, schedule: it } = schedule(new FakeFlusher(true));
    it.changed(1);
    await sleep(30);
    it.changed(1);
    await sleep(30);
    expect([flusher.begun, flusher.ended]).toEqual([1, 0]);
    flusher.letGo();
    await sleep(1);
    flusher.idle = false;
    it.changed(1);
    await sleep(30);
    expect(flusher.begun).toBe(2);
    it.stop();
  });

  test('again, after growing pauses, when it could not be stored', async () => {
    const { flusher, schedule: it, warnings } = schedule();
    flusher.failures = 2;
    it.changed(150);
    it.changed(50);
    expect(it.full).toBe(true);
    await sleep(40);
    expect(flusher.begun).toBe(1);
    // What wasn't stored still waits.
    expect(it.full).toBe(true);
    await until(() => flusher.begun === 3);
    await sleep(1);
    expect(it.full).toBe(false);
    expect(warnings.map(({ tried }) => tried)).toEqual([1, 2]);
    it.stop();
  });

  test('before more is taken, when too much waits', async () => {
    const { flusher, schedule: it } = schedule(new FakeFlusher(true));
    it.changed(200);
    expect(it.full).toBe(true);
    await it.settled(20);
    expect(flusher.begun).toBe(1);
    flusher.letGo();
    await it.settled(1_000);
    expect([flusher.ended, it.full]).toEqual([1, false]);
    it.stop();
  });

  test('at the end, as far as there is time for it', async () => {
    const { flusher, schedule: it } = schedule();
    flusher.failures = 1;
    await it.drain(2_000);
    expect([flusher.begun, flusher.idle]).toEqual([2, true]);
    const stuck = schedule(new FakeFlusher(true));
    const began = Date.now();
    await stuck.schedule.drain(60);
    expect(Date.now() - began).toBeLessThan(500);
    stuck.flusher.letGo();
    stuck.schedule.stop();
    it.stop();
  });

  test('no more once it was stopped', async () => {
    const { flusher, schedule: it } = schedule();
    it.stop();
    it.changed(1);
    await sleep(30);
    expect(flusher.begun).toBe(0);
  });
});
