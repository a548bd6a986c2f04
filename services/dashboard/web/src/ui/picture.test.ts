import { expect, test } from '@jest/globals';
import { linesOf } from './picture.js';

const widthOf = (text: string) => text.length;

test.each([
  ['Tỷ lệ xã', 20, ['Tỷ lệ xã']],
  ['Tỷ lệ xã có trung tâm', 10, ['Tỷ lệ xã', 'có trung', 'tâm']],
  ['Trungtâmhọctậpcộngđồng có', 10, ['Trungtâmhọctậpcộngđồng', 'có']],
])('%s in lines of %d', (text, most, lines) => {
  expect(linesOf(text, most, widthOf)).toEqual(lines);
});
