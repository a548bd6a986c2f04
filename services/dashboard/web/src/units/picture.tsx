import { Link } from 'react-router';
import { dayInVietNam, formatDate } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { useWidth } from '../ui/use-width.js';
import { useView } from '../view/use-view.js';
import type { UnitLineage } from './lineage.js';
import { timePicture } from './time-bars.js';
import styles from './units.module.css';

/** The room for a name above its bar: one line; where there is little width, two. */
const NAME = 26;
const NARROW_NAME = 40;
const NARROW = 480;
const UNDER = 20;
const TOP = 6;
const FOOT = 26;
const BAR = 10;
const SIDE = 10;

/** Lives as bars over time, and what became of whom as lines between them. The history beside it says the same in words. */
export function Picture({ lineage, of }: { lineage: UnitLineage; of: string }) {
  const { t, text, language } = useWords();
  const { to } = useView();
  const [ref, width] = useWidth();
  const { bars, steps, years } = timePicture(lineage.units, lineage.edges, dayInVietNam(new Date()));
  const isNarrow = width < NARROW;
  const name = isNarrow ? NARROW_NAME : NAME;
  const rowHeight = name + UNDER;
  const height = TOP + bars.length * rowHeight + FOOT;
  const x = (share: number) => SIDE + share * (width - 2 * SIDE);
  const y = (row: number) => TOP + row * rowHeight + name + 2;
  return (
    <div ref={ref} className={styles.picture} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={t('unit.picture')} data-chart="lineage">
          {years.map(({ year, at }) => (
            <g key={year}>
              <line x1={x(at)} x2={x(at)} y1={TOP} y2={height - FOOT + 4} className={styles.year} />
              <text x={x(at)} y={height - 8} textAnchor="middle" className={styles.yearText}>
                {year}
              </text>
            </g>
          ))}
          {bars.map(({ unit, row, start, end, openStart }) => (
            <rect
              key={unit.id}
              {...{ x: x(start), y: y(row), width: Math.max(3, x(end) - x(start)), height: BAR, rx: 3 }}
              className={styles.life}
              data-this={unit.id === of}
              data-open-start={openStart}
            />
          ))}
          {steps.map(({ edge, at, fromRow, toRow }) => (
            <g key={`${edge.from}/${edge.to}/${edge.on}`} className={styles.step}>
              <path
                d={`M${x(at)} ${y(fromRow) + BAR}V${y(toRow)}`}
                strokeDasharray={edge.extent === 'part' ? '4 3' : undefined}
              />
              <circle cx={x(at)} cy={y(toRow) + BAR / 2} r="4" />
              <title>{`${formatDate(edge.on, language)}: ${edge.formLabel ? text(edge.formLabel) : ''}`}</title>
            </g>
          ))}
        </svg>
      )}
      {bars.map(({ unit, row, start }) => (
        <div
          key={unit.id}
          className={styles.barName}
          style={{
            ...{ top: TOP + row * rowHeight, height: name },
            left: Math.min(x(start) + 8, width * (isNarrow ? 0.3 : 0.45)),
          }}
        >
          {unit.id === of ? (
            <strong>{text(unit.label)}</strong>
          ) : (
            <Link to={to(`/units/${unit.id}`)}>{text(unit.label)}</Link>
          )}
        </div>
      ))}
    </div>
  );
}
