import { describe, expect, test } from '@jest/globals';
import { RelayProgress } from './relay-progress.js';

const shown =
  (...offsets: number[]) =>
  (_: string, partition: number) =>
    offsets[partition] === undefined ? undefined : BigInt(offsets[partition]);

describe('what relays say of how far they have published', () => {
  test('holds once every partition is read so far', () => {
    const progress = new RelayProgress();
    expect(progress.asOf('programmes')).toBeNull();
    progress.hear({ service: 'programmes', at: 1_000, offsets: [5, 7] });
    progress.hear({ service: 'programmes', at: 2_000, offsets: [6, 7] });
    progress.update(shown(5));
    expect(progress.asOf('programmes')).toBeNull();
    progress.update(shown(5, 7));
    expect(progress.asOf('programmes')).toBe(1_000);
    expect(progress.reachedWord('programmes', 2)).toBe(false);
    progress.update(shown(9, 9));
    expect(progress.asOf('programmes')).toBe(2_000);
    expect([progress.words('programmes'), progress.reachedWord('programmes', 2)]).toEqual([2, true]);
    expect([progress.words('centres'), progress.reachedWord('centres', 1)]).toEqual([0, false]);
  });

  test('doesn’t go back when positions do', () => {
    const progress = new RelayProgress();
    progress.hear({ service: 'programmes', at: 1_000, offsets: [5] });
    progress.update(shown(5));
    progress.update(shown(0));
    expect(progress.asOf('programmes')).toBe(1_000);
  });

  test('of a relay that knows nothing yet is no word', () => {
    const progress = new RelayProgress();
    progress.hear({ service: 'programmes', at: 0, offsets: [0] });
    progress.update(shown(5));
    expect([progress.asOf('programmes'), progress.words('programmes')]).toEqual([null, 0]);
  });

  test('keeps the next to be reached and the newest, however many come', () => {
    const progress = new RelayProgress();
    for (let i = 1; i <= 1_000; i++) progress.hear({ service: 'programmes', at: i, offsets: [i] });
    progress.update(shown(1));
    expect(progress.asOf('programmes')).toBe(1);
    progress.update(shown(999));
    expect(progress.asOf('programmes')).toBe(999);
    progress.update(shown(1_000));
    expect(progress.asOf('programmes')).toBe(1_000);
  });

  test('says how far the read model is behind the newest word', () => {
    const progress = new RelayProgress();
    expect(progress.behind('programmes', shown())).toEqual({ messages: 0, ms: null });
    progress.hear({ service: 'programmes', at: 1_000, offsets: [5, 7] });
    expect(progress.behind('programmes', shown(2))).toEqual({ messages: 10, ms: null });
    progress.update(shown(5, 7));
    expect(progress.behind('programmes', shown(5, 7))).toEqual({ messages: 0, ms: 0 });
    progress.hear({ service: 'programmes', at: 2_000, offsets: [6, 7] });
    progress.hear({ service: 'programmes', at: 3_500, offsets: [9, 8] });
    progress.update(shown(5, 9));
    expect(progress.behind('programmes', shown(5, 9))).toEqual({ messages: 4, ms: 2_500 });
  });
});
