import { describe, expect, test } from '@jest/globals';
import { audiencesOverlap, holdsAudience, wordsOfGroup } from './groups.js';

const UPPER = 'tổ trưởng, khối trưởng chuyên môn trường THPT, trung tâm GDNN-GDTX';
const LOWER = 'tổ trưởng, khối trưởng chuyên môn trường tiểu học, THCS';
const ALL = 'tổ trưởng, khối trưởng chuyên môn các trường phổ thông';

describe('two audiences overlap', () => {
  test.each([
    ['the same', [UPPER], [UPPER]],
    ['one is everybody', [], [UPPER]],
    ['both are everybody', [], []],
    ['one says everybody', ['tất cả các đối tượng'], [UPPER]],
    ['they share an entry', [UPPER, 'giáo viên'], ['giáo viên']],
    ['one is wider', [ALL], [UPPER]],
    ['one is wider, the other way round', [UPPER], ['Tổ trưởng chuyên môn']],
    ['one names both groups', [UPPER, LOWER], [LOWER]],
    ['in other letters', ['GIÁO VIÊN  chủ nhiệm'], ['giao vien chu nhiem lop']],
    ['in decomposed letters', ['giáo viên'.normalize('NFD')], ['giáo viên']],
    ['an abbreviation is spelt out', ['CBQLGD'], ['cán bộ quản lý giáo dục']],
    ['a filler is left out', ['cán bộ của các phòng'], ['cán bộ phòng']],
  ])('%s', (_, one, other) => {
    expect(audiencesOverlap(one, other)).toBe(true);
    expect(audiencesOverlap(other, one)).toBe(true);
  });
});

describe('two audiences are apart', () => {
  test.each([
    ['of other schools', [UPPER], [LOWER]],
    ['of other posts', [UPPER, LOWER], ['giáo viên chủ nhiệm lớp']],
    ['the same words in another order', ['giáo viên'], ['viên chức giáo dục']],
    ['an accent makes another word than a filler', ['giáo viên toán'], ['giáo viên văn']],
    ['pupils of two levels', ['học sinh THCS'], ['học sinh THPT']],
  ])('%s', (_, one, other) => {
    expect(audiencesOverlap(one, other)).toBe(false);
    expect(audiencesOverlap(other, one)).toBe(false);
  });
});

test('an audience holds another when each of its groups does', () => {
  expect(holdsAudience([], [UPPER])).toBe(true);
  expect(holdsAudience([UPPER], [])).toBe(false);
  expect(holdsAudience(['tổ trưởng'], [UPPER, LOWER])).toBe(true);
  expect(holdsAudience([UPPER], [UPPER, LOWER])).toBe(false);
});

test('words', () => {
  expect(wordsOfGroup('Học sinh các trường THCS (TP. Sơn La)')).toEqual(
    'hoc sinh truong trung hoc co so tp son la'.split(' '),
  );
  expect(wordsOfGroup('toàn thể')).toEqual([]);
});
