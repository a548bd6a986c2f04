import { Link } from 'react-router';
import { useFigure, useIndicators } from '../api/queries.js';
import type { Indicator, Term, Told } from '../api/types.js';
import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Change, TargetLine } from '../ui/against.js';
import { Panel } from '../ui/panel.js';
import { Said } from '../ui/said.js';
import { ofCategory, shareOf } from '../ui/share.js';
import { Answered, Loading } from '../ui/states.js';
import ui from '../ui/ui.module.css';
import { isShare, Marks, Value } from '../ui/value.js';
import { compared } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import styles from './community-learning.module.css';
import type { LineOf } from './lines-of.js';

/** Figures under each other: what is, its share of all there are, what it was last year, and its target. */
export function Lines({
  title,
  lead,
  lines,
  unit,
  at,
}: {
  title: string;
  lead?: string;
  lines: readonly LineOf[];
  unit: string;
  at: string;
}) {
  const { t } = useWords();
  const { view } = useView();
  const indicators = useIndicators();
  const first = lines[0]!;
  const said = useFigure({
    ...{ indicator: first.indicator, unit, map: view.map, known: view.known },
    ...compared(first.kind, at).now,
    ...(first.category !== undefined && { by: 'category' }),
  });
  return (
    <Panel title={title} lead={lead} said={<Said of={said.data} />}>
      {indicators.data ? (
        <table className={`${ui.table} ${styles.lines}`}>
          <thead>
            <tr>
              <th scope="col">{t('choice.indicator')}</th>
              <th scope="col" className={ui.num}>
                {t('inspections.now')}
              </th>
              <th scope="col" className={ui.num}>
                {t('today.before')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const indicator = indicators.data.get(line.indicator);
              const key = `${line.indicator}/${line.category ?? ''}`;
              return indicator && <Line key={key} line={line} indicator={indicator} unit={unit} at={at} />;
            })}
          </tbody>
        </table>
      ) : (
        <Loading lines={lines.length * 2} />
      )}
    </Panel>
  );
}

function Line({ line, indicator, unit, at }: { line: LineOf; indicator: Indicator; unit: string; at: string }) {
  const { text, language } = useWords();
  const { view, to } = useView();
  const { kind, category } = line;
  const { now, whole, before } = compared(kind, at);
  const by = category === undefined ? {} : { by: 'category' };
  const common = { indicator: indicator.id, unit, map: view.map, known: view.known, ...by };
  const figure = useFigure({ ...common, ...now });
  const wholeFigure = useFigure(whole && { ...common, ...whole });
  const beforeFigure = useFigure(before && { ...common, ...before });
  const isRatio = isShare(indicator);
  const share = useShare(indicator, { unit, map: view.map, known: view.known, ...now });
  const was = beforeFigure.data && ofCategory(beforeFigure.data, category);
  const is = wholeFigure.data && ofCategory(wholeFigure.data, category);
  const opened = to('/figure', { indicator: indicator.id, ...('from' in now ? now : {}), ...by });
  const categoryName = category === undefined ? undefined : indicator.categories?.values?.[category];
  return (
    <tr data-indicator={indicator.id}>
      <th scope="row">
        <Link to={opened}>{text(indicator.label)}</Link>
        {categoryName && ` · ${text(categoryName)}`}
      </th>
      <td className={ui.num}>
        <Answered query={figure} lines={1} inLine>
          {(answer) => {
            const told = ofCategory(answer, category);
            return (
              <>
                <Value told={told} measure={indicator.measure} share={isRatio} /> <Marks told={told} />
                {share && share.value !== null && (
                  <div>
                    <Value told={share} share /> <small>{divided(share, language)}</small>
                  </div>
                )}
                {isRatio && told.value !== null && <div>{<small>{divided(told, language)}</small>}</div>}
                <TargetLine figure={told} share={isRatio} />
              </>
            );
          }}
        </Answered>
      </td>
      <td className={ui.num}>
        {was && (
          <>
            <Value told={was} share={isRatio} />
            {is && (
              <div>
                <Change now={is} before={was} share={isRatio} better={line.better} />
              </div>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** «(30 / 40)» */
function divided({ numerator, denominator }: Told, language: 'vi' | 'en'): string {
  const number = (value: number | null | undefined) => (value == null ? '…' : formatNumber(value, language));
  return `(${number(numerator)} / ${number(denominator)})`;
}

type Asked = { unit: string; map: string; known: string } & ({ on: string } | { from: string; to: string });

/** The share that the catalogue defines for an indicator beside its number; undefined: it has none, or it isn't there yet. */
function useShare({ share }: Indicator, asked: Asked): Told | undefined {
  const above = useTerm(share?.numerator[0], asked);
  const below = useTerm(share?.denominator[0], asked);
  return above && below && shareOf(above, below);
}

function useTerm(term: Term | undefined, asked: Asked): Told | undefined {
  const by = term?.category === undefined ? {} : { by: 'category' };
  const figure = useFigure(term && { indicator: term.indicator, ...asked, ...by });
  return term && figure.data && ofCategory(figure.data, term.category);
}
