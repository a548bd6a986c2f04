import { Link } from 'react-router';
import { formatAsGiven } from '../formats/as-given.js';
import { formatDate } from '../formats/dates.js';
import { basisText } from '../formats/legal-basis.js';
import { useWords } from '../i18n/i18n.js';
import { Empty } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import type { UnitLineage } from './lineage.js';
import styles from './units.module.css';

/** Every change of a unit's life with its date as given, and its legal bases; where none is known, that is said. */
export function History({ lineage }: { lineage: UnitLineage }) {
  const { t, text, language } = useWords();
  const { to } = useView();
  const { changes, unit } = lineage;
  if (changes.length === 0) return <Empty>{t('state.none')}</Empty>;
  return (
    <ol className={styles.history}>
      {changes.map(({ kind, on, asGiven, from, to: became, labels, legalBasis, name, entry }) => {
        const sides = [
          ['unit.fromOthers', from],
          ['unit.intoOthers', became],
        ] as const;
        return (
          <li key={`${entry.service}/${entry.seq}/${kind}/${on}`}>
            <time dateTime={on}>{asGiven ? formatAsGiven(asGiven, language) : formatDate(on, language)}</time>
            <div>
              <strong>{changeName(kind, t)}</strong> {name && `“${text(name)}”`}
              {sides.map(([side, units]) => {
                const others = units.filter((other) => other !== unit);
                if (others.length === 0) return null;
                return (
                  <p key={side}>
                    {t(side)}{' '}
                    {others.map((other, i) => (
                      <span key={`${other}/${i}`}>
                        {i > 0 && '; '}
                        <Link to={to(`/units/${other}`)}>{labels[other] ? text(labels[other]) : other}</Link>
                      </span>
                    ))}
                  </p>
                );
              })}
              <small>
                {legalBasis.length === 0
                  ? t('unit.noBasis')
                  : legalBasis.map((basis) => basisText(basis, language)).join('; ')}{' '}
                · {t('today.entry', { seq: entry.seq })}
              </small>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function changeName(kind: string, t: (key: string) => string): string {
  const told = t(`change.${kind}`);
  return told === `change.${kind}` ? kind : told;
}
