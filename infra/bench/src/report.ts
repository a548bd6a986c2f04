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

/**
 * The page with the tables of the benchmarks that were run, each between the two marks that name it; those of others stay.
 * Undefined when the page has no place for one of them.
 */
export function intoPage(page: string, report: Report): string | undefined {
  let whole = page;
  for (const measured of report.measured) {
    const mark = (at: 'begin' | 'end') => `<!-- bench ${measured.name}: ${at} -->`;
    const [begin, end] = [whole.indexOf(mark('begin')), whole.indexOf(mark('end'))];
    if (begin < 0 || end < begin) return undefined;
    const table = asMarkdown({ ...report, measured: [measured] });
    whole = `${whole.slice(0, begin + mark('begin').length)}\n\n${table}\n\n${whole.slice(end)}`;
  }
  return whole;
}
