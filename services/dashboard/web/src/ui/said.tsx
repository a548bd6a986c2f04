import { dayInVietNam, formatDate, formatMoment, formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { Mark } from './panel.js';

export interface SaidOf {
  map: string;
  known?: string | undefined;
  asOf: string | null;
  lacks?: readonly unknown[] | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  on?: string | undefined;
}

/** What no figure is shown without: its period, its map, what was known, and up to when it is complete. */
export function Said({ of, period }: { of: SaidOf | undefined; period?: string | undefined }) {
  const { t, language } = useWords();
  if (!of) return null;
  const { map, known = 'latest', asOf, on } = of;
  const maps: Record<string, string> = { then: t('said.mapThen'), today: t('said.mapToday') };
  const parts = [
    period ??
      (on ? t('said.on', { day: formatDate(on, language) }) : formatPeriod(of.from ?? null, of.to ?? null, language)),
    maps[map] ?? t('said.mapDay', { day: formatDate(map, language) }),
    known === 'latest' ? t('said.knownLatest') : t('said.known', { month: formatDate(known, language) }),
    asOf === null
      ? t('said.noAsOf')
      : t('said.asOf', { moment: formatMoment(asOf, language, dayInVietNam(new Date())) }),
  ];
  const lacking = of.lacks?.length ?? 0;
  return (
    <>
      {parts.join(' · ')}
      {lacking > 0 && (
        <>
          {' · '}
          <Mark>{t('said.lacks', { count: lacking })}</Mark>
        </>
      )}
    </>
  );
}
