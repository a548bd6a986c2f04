import type { Recommendation } from '../api/follow-up.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from './panel.js';
import { statesOf, type State } from './recommendation-states.js';

const TONES: Record<State, 'plain' | 'soft' | 'good' | 'bad' | undefined> = {
  open: 'plain',
  inProgress: 'soft',
  reportedDone: undefined,
  overdue: 'bad',
  done: 'good',
  lapsed: 'plain',
};

/** How far a recommendation is, in words. */
export function StateMarks({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useWords();
  return (
    <>
      {recommendation.simulated && <Mark>{t('mark.simulated')}</Mark>}{' '}
      {statesOf(recommendation).map((state) => (
        <Mark key={state} tone={TONES[state]}>
          {t(`inspections.states.${state}`)}
        </Mark>
      ))}
    </>
  );
}
