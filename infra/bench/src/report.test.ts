import { expect, test } from '@jest/globals';
import { readOptions } from './options.js';
import { asMarkdown, intoPage, type Report } from './report.js';
import { median, quantile } from './rounds.js';

const REPORT: Report = {
  machine: { cores: 2, processor: 'some', memoryGb: 24, node: '20.20.2', kafka: '4.4.0', mongod: '6.0.5', load: 0.42 },
  seed: 1,
  scale: 0.1,
  measured: [
    {
      name: 'recording',
      about: '',
      seconds: 1,
      measurements: [
        {
          figure: 'recording',
          ours: '9 facts/s',
          rival: '1 facts/s',
          against: 'the usual way',
          ratio: 9,
          aim: 'at least 8',
          reached: true,
        },
      ],
    },
  ],
};

test('a page takes the table between its two marks, as often as it likes', () => {
  const page = '# Performance\n\n<!-- bench recording: begin -->\nold\n<!-- bench recording: end -->\n\nRest\n';
  const once = intoPage(page, REPORT)!;
  expect(once).toContain('| recording | 9 facts/s | 1 facts/s (the usual way) | 9.00  | at least 8 | yes     |');
  expect(once).not.toContain('old');
  expect(once).toMatch(/^# Performance[^]*Rest\n$/);
  expect(intoPage(once, REPORT)).toBe(once);
});

test('a run leaves the tables of others alone, and says where a page has no place for one of its own', () => {
  const [mine, others] = ['recording', 'growth'].map(
    (of) => `<!-- bench ${of}: begin -->\n1\n<!-- bench ${of}: end -->\n`,
  );
  expect(intoPage(`${mine}${others}`, REPORT)).toMatch(new RegExp(`recording \\|[^]*${others}$`));
  const both = { ...REPORT, measured: [...REPORT.measured, { ...REPORT.measured[0]!, name: 'memory' }] };
  expect(intoPage(`${mine}${others}`, both)).toBeUndefined();
});

test('a page without marks is left alone', () => {
  expect(intoPage('# Performance\n', REPORT)).toBeUndefined();
});

test('a try-out says that it is one, and every table on which machine', () => {
  expect(asMarkdown(REPORT)).toContain('Scale 0.1: a try-out');
  expect(asMarkdown({ ...REPORT, scale: 1 })).toContain('Full size; seed 1.');
  expect(asMarkdown(REPORT)).toContain('2 cores (some), 24 GB, Node 20.20.2, Kafka 4.4.0, mongod 6.0.5');
});

test('options that can’t be understood get a sentence', () => {
  expect(readOptions(['recording', '--scale', '0.1'], ['recording'])).toMatchObject({
    names: ['recording'],
    scale: 0.1,
  });
  expect(readOptions(['nothing'], ['recording'])).toMatch('There is no benchmark `nothing`');
  expect(readOptions(['--scale', '2'], [])).toMatch('--scale is above 0');
  expect(readOptions(['--seed', 'x'], [])).toMatch('--seed is a whole number');
  expect(readOptions(['data'], [])).toMatch('needs --keep DIR');
  expect(readOptions(['--fast'], [])).toMatch('--fast');
});

test('quantiles lie between the values beside them', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([1, 2])).toBe(1.5);
  expect(quantile([0, 100], 0.99)).toBe(99);
  expect(quantile([], 0.5)).toBeNaN();
});
