import type { AnalyticsRow } from '../data/analytics-rows.js';
import type { PostgresSession } from './postgres.js';

/**
 * A table as DHIS2 keeps for its analyses: a row a value, the units above it as columns by level, each column indexed by itself.
 * It knows one hierarchy; ours knows two here, as of then and of today, and so does the table.
 */
const COLUMNS = [
  ...['dx text NOT NULL', 'co text NOT NULL', 'monthly date NOT NULL', 'ou text NOT NULL'],
  ...['then2', 'then3', 'then4', 'uidlevel1', 'uidlevel2', 'uidlevel3', 'uidlevel4'].map(
    (name) => `${name} text NOT NULL`,
  ),
  'value double precision NOT NULL',
];
const INDEXED = [
  'dx',
  'co',
  'monthly',
  'ou',
  'then2',
  'then3',
  'then4',
  'uidlevel1',
  'uidlevel2',
  'uidlevel3',
  'uidlevel4',
];

export type ByMap = 'then' | 'today';

/** Makes the table, fills and indexes it, and has its statistics taken; says how many rows it has. */
export async function fillAnalyticsTable(session: PostgresSession, rows: Iterable<AnalyticsRow>): Promise<number> {
  await session.ask(`CREATE UNLOGGED TABLE analytics (${COLUMNS.join(', ')})`);
  let count = 0;
  await session.copy(
    'analytics',
    lines(rows, () => (count += 1)),
  );
  for (const column of INDEXED) await session.ask(`CREATE INDEX ON analytics (${column})`);
  await session.ask('VACUUM ANALYZE analytics');
  return count;
}

/** Beyond what DHIS2 does: an index that alone answers the nation by province. */
export async function coverNation(session: PostgresSession): Promise<void> {
  await session.ask('CREATE INDEX ON analytics (dx, monthly, then2, uidlevel2) INCLUDE (value)');
  await session.ask('VACUUM ANALYZE analytics');
}

/** The nation by province: the same question as `/v1/figures?unit=vn&by=province`. */
export function nationByProvince(indicator: string, map: ByMap, from: string, to: string): string {
  const level = map === 'then' ? 'then2' : 'uidlevel2';
  return (
    `SELECT ${level}, sum(value) FROM analytics WHERE dx = '${indicator}' AND uidlevel1 = 'vn' ` +
    `AND monthly BETWEEN '${from}-01' AND '${to}-01' GROUP BY ${level} ORDER BY ${level}`
  );
}

function* lines(rows: Iterable<AnalyticsRow>, each: () => void): Generator<string> {
  for (const { indicator, category, month, unit, then, today, value } of rows) {
    each();
    const places = [then.province, then.district, then.commune, 'vn', today.province, today.district, today.commune];
    yield [indicator, category, month, unit, ...places, value].join('\t');
  }
}
