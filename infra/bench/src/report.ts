import { machineSentence, type Machine } from './machine.js';
import type { Measured } from './run.js';

export interface Report {
  machine: Machine;
  seed: number;
  scale: number;
  measured: readonly Measured[];
}

const HEAD = ['Figure', 'Ours', 'Rival', 'Ratio', 'Aim', 'Reached'];

function rows(measured: readonly Measured[]): string[][] {
  return measured.flatMap(({ measurements }) =>
    measurements.map(({ figure, ours, rival, against, ratio, aim, reached }) => [
      figure,
      ours,
      [rival, against && (rival ? `(${against})` : against)].filter(Boolean).join(' '),
      ratio === undefined ? '' : ratio.toFixed(2),
      aim ?? '',
      reached === undefined ? '' : reached ? 'yes' : 'no',
    ]),
  );
}

/** A try-out proves nothing about the aims, and says so. */
function sizeSentence({ seed, scale }: Pick<Report, 'seed' | 'scale'>): string {
  const size = scale === 1 ? 'Full size' : `Scale ${scale}: a try-out, the aims speak of scale 1`;
  return `${size}; seed ${seed}.`;
}

/** For a terminal. */
export function asText(report: Report): string {
  const table = [HEAD, ...rows(report.measured)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [
    machineSentence(report.machine),
    sizeSentence(report),
    '',
    line(HEAD),
    rule,
    ...table.slice(1).map(line),
  ].join('\n');
}

/** For a page, its columns as wide as the formatter makes them. */
export function asMarkdown(report: Report): string {
  const table = [HEAD, ...rows(report.measured)];
  const widths = HEAD.map((_, column) => Math.max(3, ...table.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [
    line(HEAD),
    line(widths.map((width) => '-'.repeat(width))),
    ...table.slice(1).map(line),
    '',
    `${machineSentence(report.machine)} ${sizeSentence(report)}`,
  ].join('\n');
}

/** The page with what stands between the two marks of a table replaced by the report; undefined when it hasn't both. */
export function intoPage(page: string, report: Report, table = ''): string | undefined {
  const mark = (at: 'begin' | 'end') => `<!-- bench${table && ` ${table}`}: ${at} -->`;
  const [begin, end] = [page.indexOf(mark('begin')), page.indexOf(mark('end'))];
  if (begin < 0 || end < begin) return undefined;
  return `${page.slice(0, begin + mark('begin').length)}\n\n${asMarkdown(report)}\n\n${page.slice(end)}`;
}
