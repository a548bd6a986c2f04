/**
 * Groups of people as sources call them: "tổ trưởng chuyên môn trường tiểu học". No list of groups could foresee all that
 * centres write, so groups are told apart by their words, carefully: of two names the one whose words all stand in the
 * other, in the same order, is the wider one and holds the other's people. So "tổ trưởng chuyên môn" and "tổ trưởng chuyên môn
 * trường tiểu học" overlap, and those of primary schools and those of upper secondary schools don't. Case, accents,
 * punctuation and words that narrow nothing (các, của …) don't matter, and the usual abbreviations are spelt out.
 */

/** Words that narrow nothing, as whole words, with their accents: "toàn" is none of "toán". */
const FILLERS =
  /(?<!\p{L})(tất cả|toàn bộ|toàn thể|toàn|các|những|mọi|của|và|ở|tại|thuộc|trong|cho|là|đối tượng|all|the|of|and|in|at)(?!\p{L})/gu;

const ABBREVIATIONS = new Map(
  Object.entries({
    thpt: 'trung học phổ thông',
    thcs: 'trung học cơ sở',
    th: 'tiểu học',
    mn: 'mầm non',
    gv: 'giáo viên',
    hs: 'học sinh',
    hv: 'học viên',
    cbql: 'cán bộ quản lý',
    cbqlgd: 'cán bộ quản lý giáo dục',
    cbccvc: 'cán bộ công chức viên chức',
    tt: 'trung tâm',
    gdnn: 'giáo dục nghề nghiệp',
    gdtx: 'giáo dục thường xuyên',
    gdđt: 'giáo dục đào tạo',
  }).map(([short, long]) => [plainWord(short), long.split(' ').map(plainWord)]),
);

/** The words that say who belongs to a group; none for everybody. */
export function wordsOfGroup(name: string): string[] {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(FILLERS, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(plainWord)
    .flatMap((word) => ABBREVIATIONS.get(word) ?? [word]);
}

/** Everyone of the narrower group is in the wider one, as far as the words tell. */
export function holdsGroup(wider: readonly string[], narrower: readonly string[]): boolean {
  let next = 0;
  for (const word of narrower) if (word === wider[next]) next += 1;
  return next === wider.length;
}

/** Two audiences may hold the same person. An empty list is everybody. */
export function audiencesOverlap(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [groups(one), groups(other)];
  return a.some((x) => b.some((y) => holdsGroup(x, y) || holdsGroup(y, x)));
}

/** Everybody of the narrower audience is in the wider one. */
export function holdsAudience(wider: readonly string[], narrower: readonly string[]): boolean {
  const all = groups(wider);
  return groups(narrower).every((group) => all.some((each) => holdsGroup(each, group)));
}

const groups = (audience: readonly string[]): string[][] => (audience.length ? audience.map(wordsOfGroup) : [[]]);

/** Without accents: "Tiểu" and "tieu" are one word. */
function plainWord(word: string): string {
  return word.replaceAll('đ', 'd').normalize('NFD').replace(/\p{M}/gu, '');
}
