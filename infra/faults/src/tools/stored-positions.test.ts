import { expect, test } from '@jest/globals';
import { wentBack } from './stored-positions.js';

const positions = (all: Record<string, number>) => new Map(Object.entries(all));

test('what is less far than it was, or gone, went back; what is as far, further or new did not', () => {
  const before = positions({ 'cursors/a': 4, 'cursors/b': 4, 'unit_years/c': 7, 'checkpoints/d': 100 });
  const after = positions({ 'cursors/a': 4, 'cursors/b': 3, 'checkpoints/d': 101, 'cursors/new': 1 });
  expect(wentBack(before, after)).toEqual(['cursors/b went back from 4 to 3', 'unit_years/c went back from 7 to 0']);
});
