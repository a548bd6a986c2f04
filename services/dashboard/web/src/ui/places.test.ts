import { expect, test } from '@jest/globals';
import { placesWithin } from './places.js';

const name = (vi: string) => ({ vi, en: vi });
const within = [
  { id: 'commune-1', kind: 'commune', label: name('Phường Chí Linh') },
  { id: 'province-31-2025', kind: 'province', label: name('Hải Phòng') },
  { id: 'vn', kind: 'country', label: name('Việt Nam') },
];
const text = ({ vi }: { vi: string }) => vi;

test.each([
  ['vn', ['Phường Chí Linh', 'Hải Phòng']],
  ['province-31-2025', ['Phường Chí Linh']],
  ['commune-1', []],
  ['district-290', ['Phường Chí Linh', 'Hải Phòng']],
])('looked at %s, a unit lies in %j', (looked, places) => {
  expect(placesWithin(within, text, looked)).toEqual(places);
});
