import type { FigureRow } from '../api/types.js';

const WIDTH = 240;
const HEIGHT = 34;

/** How a figure went, month by month, in a small line; months that were never reported leave a gap. The figure itself says the number. */
export function Spark({ rows, isComing }: { rows: readonly FigureRow[]; isComing: boolean }) {
  const values = rows.map(({ value }) => value);
  const known = values.filter((value) => value !== null);
  if (known.length < 3) {
    return <div aria-hidden="true" style={{ height: HEIGHT }} data-coming={isComing || undefined} />;
  }
  const most = Math.max(...known);
  const least = Math.min(0, ...known);
  const x = (i: number) => (i / Math.max(1, values.length - 1)) * (WIDTH - 4) + 2;
  const y = (value: number) => HEIGHT - 3 - ((value - least) / (most - least || 1)) * (HEIGHT - 6);
  let path = '';
  let open = false;
  values.forEach((value, i) => {
    if (value !== null) path += `${open ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    open = value !== null;
  });
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="none" stroke="var(--scale-3)" strokeWidth="1.6" vectorEffect="non-scaling-stroke" />
      <circle cx={x(last)} cy={y(values[last]!)} r="2.4" fill="var(--accent)" />
    </svg>
  );
}
