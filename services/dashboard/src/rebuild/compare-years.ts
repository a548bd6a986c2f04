import { monthText, type Balance, type Cell, type LevelEvent, type Period } from '../model.js';
import { bytesOf, lastSeqsOf, readUnitYear, type StoredUnitYear } from '../projector/stored-year.js';
import { unlike, type Difference } from './difference.js';

/**
 * What two documents of one ledger's valid year, folded up to the same entry, don't say alike. In which order it stands, how often
 * the ledger was folded anew, and cells in which nothing is left are no differences.
 */
export function compareYears(live: StoredUnitYear | undefined, rebuilt: StoredUnitYear | undefined): Difference[] {
  if (live && rebuilt && storedAlike(live, rebuilt)) return [];
  const { service, unit, year } = (live ?? rebuilt)!;
  const [one, other] = [said(live, rebuilt), said(rebuilt, live)];
  return [...unlike(one, other)].map(({ key, ...values }): Difference => {
    const [indicator, ...where] = key.split('\t');
    return { service, unit, year, indicator: indicator!, where: where.filter(Boolean).join(', '), ...values };
  });
}

/** How many cells, events, balances and words on months it holds. */
export function countOf(stored: StoredUnitYear): number {
  const { cells, levels, balances, periods = [] } = readUnitYear(stored);
  return cells.length + levels.length + balances.length + periods.length;
}

/** Mostly they are, byte for byte, and nothing has to be unpacked. */
function storedAlike(live: StoredUnitYear, rebuilt: StoredUnitYear): boolean {
  return (Object.keys(live) as (keyof StoredUnitYear)[]).every((key) => {
    const [one, other] = [live[key], rebuilt[key]];
    if (key === 'epoch' || key === 'seq' || one === other) return true;
    if (key === 'periods' && one && other)
      return Buffer.compare(bytesOf(live.periods!), bytesOf(rebuilt.periods!)) === 0;
    if (key === 'cells' || key === 'levels') return Buffer.compare(bytesOf(live[key]), bytesOf(rebuilt[key])) === 0;
    return typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other);
  });
}

function said(stored: StoredUnitYear | undefined, beside: StoredUnitYear | undefined): Map<string, string> {
  const all = new Map<string, string[]>();
  if (!stored) return new Map();
  const note = (key: string, value: string) => {
    const values = all.get(key);
    if (values) values.push(value);
    else all.set(key, [value]);
  };
  const { cells, levels, balances, periods = [] } = readUnitYear(stored);
  for (const cell of cells) if (holdsAnything(cell)) note(flowKey(cell), flowValue(cell));
  for (const event of levels) note(levelKey(event), levelValue(event));
  for (const balance of balances) note(balanceKey(balance), balanceValue(balance));
  for (const period of periods) note(periodKey(period), periodValue(period));
  // What was stored before the last entry of each month was kept has none, and gets it when it changes next.
  if (!beside || lastSeqsOf(beside))
    for (const [month, seq] of lastSeqsOf(stored)?.entries() ?? [])
      if (seq > 0) note(key('last-entry', monthText(stored.year * 12 + month)), String(seq));
  return new Map([...all].map(([key, values]) => [key, values.sort().join(' and ')]));
}

const holdsAnything = ({ sum, exact, atLeast, about }: Cell): boolean =>
  sum !== 0 || exact !== 0 || atLeast !== 0 || about !== 0;

const key = (...parts: string[]): string => parts.join('\t');
const atText = (at: string): string => (at ? `at ${at}` : '');

const flowKey = ({ indicator, category, part, at, month, recorded }: Cell): string =>
  key(indicator, category, part, atText(at), monthText(month), `recorded ${monthText(recorded)}`);

const flowValue = ({ sum, exact, atLeast, about }: Cell): string =>
  `${sum}${parts({ exact, 'at least': atLeast, about })}`;

/** `(2 exact, 1 about)`: what a sum is made of. */
function parts(counts: Record<string, number>): string {
  const some = Object.entries(counts).filter(([, count]) => count !== 0);
  return some.length === 0 ? '' : ` (${some.map(([name, count]) => `${count} ${name}`).join(', ')})`;
}

const levelKey = ({ indicator, category, part, at, slot, day, mode, seq, recorded }: LevelEvent): string =>
  key(indicator, category, part, atText(at), slot, `${mode} ${day}`, `entry ${seq}`, `recorded ${monthText(recorded)}`);

const PRECISIONS = ['', ' at least', ' about'] as const;

const levelValue = ({ value, precision, withdrawn }: LevelEvent): string =>
  `${value}${PRECISIONS[precision]}${withdrawn === null ? '' : `, withdrawn ${monthText(withdrawn)}`}`;

const balanceKey = ({ indicator, category, part, at, from, to, basis, seq, recorded }: Balance): string =>
  key(
    indicator,
    category,
    part,
    atText(at),
    `${basis} ${from ?? '?'} to ${to}`,
    `entry ${seq}`,
    `recorded ${monthText(recorded)}`,
  );

const balanceValue = ({ value, precision, asGiven, withdrawn }: Balance): string =>
  `${value}${PRECISIONS[precision]}${asGiven ? ` “${asGiven}”` : ''}${withdrawn === null ? '' : `, withdrawn ${monthText(withdrawn)}`}`;

const periodKey = ({ month, seq, recorded }: Period): string =>
  key('periods', monthText(month), `entry ${seq}`, `recorded ${monthText(recorded)}`);

const periodValue = ({ what, at, nothing, upToSeq, withdrawn, remark }: Period): string =>
  [
    `${what} at ${at}`,
    ...(nothing ? ['nothing to report'] : []),
    ...(upToSeq ? [`up to entry ${upToSeq}`] : []),
    ...(remark ? [JSON.stringify(remark)] : []),
    ...(withdrawn === null ? [] : [`withdrawn ${monthText(withdrawn)}`]),
  ].join(', ');
