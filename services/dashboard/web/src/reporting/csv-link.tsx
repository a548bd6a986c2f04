import { address } from '../api/client.js';
import { useWords } from '../i18n/i18n.js';
import ui from '../ui/ui.module.css';

/** The whole list as a file, as the platform makes it. */
export function CsvLink({ path, of }: { path: string; of: Record<string, string | number | undefined> }) {
  const { t } = useWords();
  return (
    <a className={ui.button} href={address(path, { ...of, format: 'csv' })} download>
      {t('takeAway.csv')}
    </a>
  );
}
