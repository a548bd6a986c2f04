import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useAnswer } from '../api/queries.js';
import type { Figure, FigureRow, Units } from '../api/types.js';
import { dayInVietNam } from '../formats/dates.js';
import { formatShare, formatShort } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Legend } from '../ui/legend.js';
import { breaksOf, colourOf, stepOf } from '../ui/scale.js';
import { Answered } from '../ui/states.js';
import { valueText } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import styles from './map.module.css';
import { bordersOf, type Outlines } from './outlines.js';
import { placing, type dayDrawn } from './placing.js';
import { drawnPaths } from './questions.js';
import { Tiles } from './tiles.js';
import { useOutlines } from './use-outlines.js';

/** The islands that the outlines leave out, as insets: whose they are by official code, and where the insets stand. */
const INSETS = [
  {
    name: 'Hoàng Sa',
    code: '48',
    x: 470,
    y: 330,
    w: 120,
    h: 92,
    dots: [
      [22, 38],
      [38, 28],
      [52, 44],
      [74, 36],
      [88, 52],
      [64, 60],
    ],
  },
  {
    name: 'Trường Sa',
    code: '56',
    x: 466,
    y: 690,
    w: 132,
    h: 128,
    dots: [
      [26, 36],
      [48, 48],
      [72, 40],
      [96, 58],
      [58, 74],
      [38, 92],
      [84, 96],
      [104, 84],
    ],
  },
] as const;

/** Room for them in the east. */
const SEA = 145;

interface Drawn {
  unit: string;
  row: FigureRow | undefined;
}

/** What the country is drawn of by the map of a figure, or of the question for one: asked for beside the figure itself. */
export function useCountryDrawn(of: Parameters<typeof dayDrawn>[0] | undefined) {
  const outlines = useOutlines(of !== undefined);
  const paths = of && drawnPaths(of, dayInVietNam(new Date()));
  const of2024 = useAnswer<Units>('units', paths?.of2024);
  const alive = useAnswer<Units>('units', paths?.alive);
  return { outlines, of2024, alive };
}

/** The country in the colours of a figure, by the provinces of the map's day; on a phone, tiles of equal size. */
export function Country({ figure, share }: { figure: Figure; share: boolean }) {
  const { outlines, of2024, alive } = useCountryDrawn(figure);
  return (
    <Answered query={outlines} lines={14}>
      {(shapes) => (
        <Answered query={of2024} lines={14}>
          {(before) => (
            <Answered query={alive} lines={14}>
              {(now) => <Drawing figure={figure} share={share} outlines={shapes} of2024={before} alive={now} />}
            </Answered>
          )}
        </Answered>
      )}
    </Answered>
  );
}

function Drawing({
  figure,
  share,
  outlines,
  of2024,
  alive,
}: {
  figure: Figure;
  share: boolean;
  outlines: Outlines;
  of2024: Units;
  alive: Units;
}) {
  const { t, text, language } = useWords();
  const { view, to } = useView();
  const navigate = useNavigate();
  const rows = useMemo(() => new Map(figure.rows.map((row) => [row.key, row])), [figure]);
  const unitOf = useMemo(() => placing(of2024.units, new Set(alive.units.map(({ id }) => id))), [of2024, alive]);
  const breaks = useMemo(() => breaksOf(figure.rows.flatMap(({ value }) => value ?? [])), [figure]);
  const borders = useMemo(() => bordersOf(outlines, (code) => unitOf(code) ?? code), [outlines, unitOf]);
  const names = new Map(alive.units.map(({ id, label }) => [id, text(label)]));

  const drawn = (code: string): Drawn | undefined => {
    const unit = unitOf(code);
    return unit === undefined ? undefined : { unit, row: rows.get(unit) };
  };
  const colour = (row: FigureRow | undefined) =>
    row === undefined || row.value === null ? 'url(#no-data)' : colourOf(stepOf(row.value, breaks));
  const told = ({ unit, row }: Drawn) =>
    `${names.get(unit) ?? unit}: ${valueText(row ?? { value: null, precision: 'exact' }, language, t('state.none'), share)}`;
  const open = (found: Drawn | undefined) =>
    found && void navigate(to('/map', { unit: found.unit, indicator: view.indicator, from: view.from, to: view.to }));
  const short = (value: number) => (share ? formatShare(value, language, 0) : formatShort(value, language));

  return (
    <>
      <div className={styles.country}>
        <svg
          viewBox={`0 0 ${outlines.width + SEA} ${Math.ceil(outlines.height)}`}
          role="img"
          aria-label={`${text(figure.label)}, ${text(figure.unitLabel)}. ${t('map.readRanking')}`}
          data-chart={figure.indicator}
        >
          <NoData />
          {outlines.shapes.map(({ code, path }) => {
            const found = drawn(code);
            return (
              <path
                key={code}
                d={path}
                fill={colour(found?.row)}
                className={found && styles.shape}
                onClick={() => open(found)}
              >
                {found && <title>{told(found)}</title>}
              </path>
            );
          })}
          <path d={borders} className={styles.borders} />
          {INSETS.map(({ name, code, x, y, w, h, dots }) => {
            const found = drawn(code);
            const owner = found && names.get(found.unit)?.replace(/ \(.*\)$/, '');
            return (
              <g
                key={name}
                transform={`translate(${x} ${y})`}
                className={found && styles.shape}
                onClick={() => open(found)}
              >
                <title>{`${name}${owner ? ` (${owner})` : ''}${found ? `. ${told(found)}` : ''}`}</title>
                <rect width={w} height={h} rx="5" className={styles.inset} />
                {dots.map(([cx, cy]) => (
                  <circle key={`${cx}`} cx={cx} cy={cy} r="3.6" fill={colour(found?.row)} className={styles.island} />
                ))}
                <text x="8" y="18" className={styles.insetName}>
                  {name}
                </text>
                {owner && (
                  <text x="8" y={h - 8} className={styles.insetOwner}>
                    {owner}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <Tiles units={alive.units} rows={rows} breaks={breaks} share={share} />
      <Scale breaks={breaks} short={short} />
    </>
  );
}

function NoData() {
  return (
    <defs>
      <pattern id="no-data" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--track)" />
        <rect width="2" height="6" fill="var(--none)" />
      </pattern>
    </defs>
  );
}

function Scale({ breaks, short }: { breaks: readonly number[]; short: (value: number) => string }) {
  const { t } = useWords();
  const steps = [undefined, ...breaks].map((least, i) => {
    const next = breaks[i];
    const below = next === undefined ? t('map.anyValue') : `< ${short(next)}`;
    return {
      key: String(i),
      swatch: <span style={{ background: colourOf(stepOf(least ?? -Infinity, breaks)) }} aria-hidden="true" />,
      name: least === undefined ? below : `≥ ${short(least)}`,
    };
  });
  const none = {
    key: 'none',
    swatch: <span className={styles.noData} aria-hidden="true" />,
    name: t('state.none'),
  };
  return <Legend label={t('map.legend')} lines={[...steps, none]} />;
}
