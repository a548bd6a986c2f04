import { useFigure } from '../api/queries.js';
import type { FigureRow, Indicator } from '../api/types.js';
import { addMonths, dayInVietNam, formatDate } from '../formats/dates.js';
import { formatShare, formatShort } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { TakeAway, TakePicture } from '../ui/take-away.js';
import { Answered, Empty } from '../ui/states.js';
import { useWidth } from '../ui/use-width.js';
import { valueText } from '../ui/value.js';
import { useView } from '../view/use-view.js';
import { axisOf } from './axis.js';
import styles from './figure.module.css';
import { NotParted } from './not-included.js';

const MONTHS = 36;
const HEIGHT = 210;
const LEFT = 70;
const FOOT = 24;
const TOP = 12;

/** How the figure went over the last three years, month by month. A month that was never reported is no column, and not nought. */
export function Trend({ indicator, unit, share }: { indicator: Indicator; unit: string; share: boolean }) {
  const { t, text } = useWords();
  const { view } = useView();
  // A level is looked at on a day, whatever months the address names.
  const day = (view.at ?? dayInVietNam(new Date())).slice(0, 7);
  const to = indicator.kind === 'level' ? day : (view.to ?? day);
  const question = {
    ...{ indicator: indicator.id, unit, map: view.map, known: view.known },
    ...{ from: addMonths(to, 1 - MONTHS), to, by: 'month' },
  };
  const figure = useFigure(question);
  return (
    <Panel
      title={t('figure.trend')}
      lead={text(indicator.measure)}
      actions={
        <TakeAway question={question}>
          {figure.data?.rows.some(({ value }) => value !== null) && (
            <TakePicture
              name={`${indicator.id}-${unit}`}
              heading={`${text(indicator.label)} · ${text(figure.data.unitLabel)}`}
            />
          )}
        </TakeAway>
      }
      said={<Said of={figure.data} />}
    >
      <Answered query={figure} lines={6}>
        {(answer) => {
          const { rows } = answer;
          const byMonth = new Map(rows.map((row) => [row.key, row]));
          const months = Array.from({ length: MONTHS }, (_, i) => addMonths(to, i + 1 - MONTHS));
          if (!rows.some(({ value }) => value !== null)) {
            return answer.notIncluded.length > 0 ? (
              <NotParted figure={answer} by={t('by.month')} />
            ) : (
              <Empty>{t('state.none')}</Empty>
            );
          }
          return <Columns months={months} rows={byMonth} share={share} label={text(indicator.label)} />;
        }}
      </Answered>
    </Panel>
  );
}

function Columns({
  months,
  rows,
  share,
  label,
}: {
  months: string[];
  rows: Map<string, FigureRow>;
  share: boolean;
  label: string;
}) {
  const { t, language } = useWords();
  const [ref, width] = useWidth();
  const most = Math.max(...[...rows.values()].map(({ value }) => value ?? 0), 0) || 1;
  const axis = axisOf(most, share ? 0 : 1);
  const top = axis.at(-1)!;
  const step = (width - LEFT) / months.length;
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - FOOT);
  return (
    <div ref={ref} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          className={styles.chart}
          role="img"
          aria-label={`${label}: ${t('figure.trend')}`}
        >
          {axis.map((value) => (
            <g key={value}>
              <line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} className={styles.grid} />
              <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" className={styles.tick}>
                {share ? formatShare(value, language) : formatShort(value, language)}
              </text>
            </g>
          ))}
          {months.map((month, i) => {
            const row = rows.get(month);
            const x = LEFT + i * step;
            return (
              <g key={month}>
                {row && row.value !== null && (
                  <rect
                    x={x + 1}
                    width={Math.max(1, step - 2)}
                    y={y(row.value)}
                    height={Math.max(0.5, y(0) - y(row.value))}
                    rx="1.5"
                    className={styles.column36}
                  >
                    <title>{`${formatDate(month, language)}: ${valueText(row, language, t('state.none'), share)}`}</title>
                  </rect>
                )}
                {month.endsWith('-01') && (
                  <>
                    <line x1={x} x2={x} y1={TOP} y2={HEIGHT - FOOT + 5} className={styles.grid} />
                    <text x={x + 4} y={HEIGHT - 6} className={styles.tick}>
                      {month.slice(0, 4)}
                    </text>
                  </>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
