import { formatNumber } from '../formats/numbers.js';
import { useWords } from '../i18n/i18n.js';
import { Legend } from '../ui/legend.js';
import { ONE_STATES, SIGNS, STEPS } from './cell-looks.js';

/** What the colours and signs of the calendar mean. */
export function Looks({ single }: { single: boolean }) {
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
  const lines = [...looks, ['none', '', t('reporting.notExpected')] as const].map(([look, sign, name]) => ({
    key: look,
    swatch: (
      <span data-look={look} aria-hidden="true">
        {sign}
      </span>
    ),
    name,
  }));
  return <Legend label={t('reporting.legend')} lines={lines} />;
}
