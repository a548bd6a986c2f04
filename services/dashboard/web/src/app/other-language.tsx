import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';

/** The same view in the other language. */
export function OtherLanguage({ className }: { className: string | undefined }) {
  const { t } = useWords();
  const { view, change } = useView();
  const other = view.language === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" className={className} lang={other} onClick={() => change({ language: other })}>
      {t('session.other')}
    </button>
  );
}
