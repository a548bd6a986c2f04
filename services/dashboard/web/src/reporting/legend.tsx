import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { ONE_STATES, SIGNS, STEPS } from './cell-looks.js';
import styles from './reporting.module.css';

/** What the colours and signs of the calendar mean. */
export function Legend({ single }: { single: boolean }) {
  const { t, language } = useWords();
  const number = (share: number) => formatNumber(share * 100, language);
  const ranges = [
    t('reporting.below', { share: number(STEPS[0]) }),
    ...STEPS.slice(0, -1).map((least, i) => `${number(least)}–${number(STEPS[i + 1]! - 0.01)}%`),
    '100%',
  ];
  const looks: [look: string, sign: string, name: string][] = single
    ? ONE_STATES.map((state) => [state, SIGNS[state], t(`reporting.one.${state}`)])
    : [
        ...ranges.map((range, i): [string, string, string] => [`step-${i}`, '', range]),
        ['awaited', '', t('reporting.awaited')],
      ];
  return (
    <ul className={styles.legend} aria-label={t('reporting.legend')}>
      {[...looks, ['none', '', t('reporting.notExpected')]].map(([look, sign, name]) => (
        <li key={look}>
          <span data-look={look} aria-hidden="true">
            {sign}
          </span>
          {name}
        </li>
      ))}
    </ul>
  );
}
