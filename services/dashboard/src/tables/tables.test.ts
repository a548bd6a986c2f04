import { describe, expect, test } from '@jest/globals';
import readExcelFile from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { csvOf } from './csv-table.js';
import { withDays, type Cell, type Table } from './table.js';
import { sheetsOf } from './xlsx-sheets.js';
import { MOST_ROWS, xlsxOf } from './xlsx-table.js';

/** What a table is in each kind of file: 29.813 learners of a province, known to be at least so many. */

const table = (rows: Cell[][], more: Partial<Table> = {}): Table => ({
  ...{ name: 'learners-present-vn', columns: ['key', 'label', 'value', 'precision', 'simulated'], rows, headed: true },
  about: [
    ['indicator', 'learners-present', 'Số học viên đang theo học', 'Learners present'],
    ['period', { day: '2024-09-30' }],
    ['asOf', { moment: '2026-11-22T09:00:00.120Z' }],
    ['lacks', 0],
  ],
  ...more,
});
const WHOLE = table([
  ['province-14', 'Sơn La, "từ 1/7/2025"', 29813, 'at-least', true],
  ['province-19', 'Thái Nguyên', null, 'exact', undefined],
]);
const FORMULAS = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1'];

const sheets = async (of: Table) => readExcelFile(await writeExcelFile(sheetsOf(of)).toBuffer(), { trim: false });

describe('as CSV', () => {
  test('what is said of it stands first; nothing is empty', () => {
    expect(csvOf(WHOLE).split('\r\n')).toEqual([
      '\u{feff}# indicator,learners-present,Số học viên đang theo học,Learners present',
      '# period,2024-09-30',
      '# asOf,2026-11-22T09:00:00.120Z',
      '# lacks,0',
      'key,label,value,precision,simulated',
      'province-14,"Sơn La, ""từ 1/7/2025""",29813,at-least,true',
      'province-19,Thái Nguyên,,exact,',
      '',
    ]);
    expect(csvOf({ ...WHOLE, headed: false })).toMatch(/^\u{feff}key,/u);
  });

  test('no text is a formula, and a number below nought stays one', () => {
    const lines = csvOf(table([...FORMULAS, -5, '-5', '\n=1'].map((cell) => [cell]))).slice(1);
    expect(lines.split('\r\n').slice(5, -1)).toEqual([
      ...FORMULAS.map((text) => `'${text}`),
      ...['-5', '-5', '"\'\n=1"'],
    ]);
  });
});

describe('as XLSX', () => {
  test('numbers are numbers, days are dates, and nothing is an empty cell, under words of officials', async () => {
    const [rows, about] = await sheets(WHOLE);
    expect(rows).toEqual({
      sheet: 'Số liệu',
      data: [
        ['Mã', 'Tên', 'Giá trị', 'Độ chính xác', 'Mô phỏng'],
        ['province-14', 'Sơn La, "từ 1/7/2025"', 29813, 'at-least', true],
        ['province-19', 'Thái Nguyên', null, 'exact', null],
      ],
    });
    expect(about!.sheet).toBe('Thuyết minh');
    expect(about!.data.map((line) => line.filter((cell) => cell !== null))).toEqual([
      ['indicator', 'Chỉ số', 'learners-present', 'Số học viên đang theo học', 'Learners present'],
      ['period', 'Thời kỳ', new Date('2024-09-30')],
      ['asOf', 'Số liệu đến (giờ Việt Nam)', new Date('2026-11-22T16:00:00.120Z')],
      ['lacks', 'Còn thiếu', 0],
      [],
      ['columns', 'Cột', 'Column'],
      ['key', 'Mã', 'Key'],
      ['label', 'Tên', 'Name in Vietnamese'],
      ['value', 'Giá trị', 'Value'],
      ['precision', 'Độ chính xác', 'Precision'],
      ['simulated', 'Mô phỏng', 'Simulated'],
    ]);
  });

  test('no text is a formula', async () => {
    const made = sheetsOf(table(FORMULAS.map((text) => [text])));
    for (const { data } of made)
      for (const cell of data.flat())
        expect(cell === null || (cell as { type: unknown }).type !== 'Formula').toBe(true);
    const [rows] = await sheets(table(FORMULAS.map((text) => [text])));
    expect(rows!.data.slice(1).map(([cell]) => cell)).toEqual(FORMULAS.map((text) => text));
  });

  test('a day before spreadsheets can count is a text; a column of its own name and shares are shown as such', async () => {
    const made = table([[{ day: '1890-05-01' }, 0.25]], {
      ...{ columns: ['since', 'share'], shares: ['share'] },
      called: { since: { vi: 'Từ', en: 'Since' } },
    });
    const [rows] = await sheets(made);
    expect(rows!.data).toEqual([
      ['Từ', 'share'],
      ['1890-05-01', 0.25],
    ]);
    expect(sheetsOf(made)[0]!.data[1]![1]).toMatchObject({ format: '0.0%' });
  });

  test('is made in a thread, one after another, and bounded', async () => {
    const made = await Promise.all([xlsxOf(WHOLE), xlsxOf({ ...WHOLE, rows: [] })]);
    const counts = await Promise.all(made.map(async (each) => (await readExcelFile(each))[0]!.data.length));
    expect(counts).toEqual([3, 1]);
    const many = { ...WHOLE, rows: Array.from({ length: MOST_ROWS + 1 }, () => []) };
    await expect(xlsxOf(many)).rejects.toMatchObject({ status: 413, slug: 'too-large' });
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => xlsxOf(WHOLE)));
    const refused = asked
      .filter((each) => each.status === 'rejected')
      .map(({ reason }) => (reason as { status: number }).status);
    expect(refused).toEqual([503, 503]);
  });
});

test('of lines, the columns that hold days do; a less precise date stays a text', () => {
  const lines = [
    ['id', 'due'],
    ['2024-01-01', '2024-05-31'],
    ['r-2', '2024-05'],
    ['r-3', undefined],
  ];
  expect(withDays(lines, ['due'])).toEqual({
    columns: ['id', 'due'],
    rows: [
      ['2024-01-01', { day: '2024-05-31' }],
      ['r-2', '2024-05'],
      ['r-3', undefined],
    ],
  });
});
