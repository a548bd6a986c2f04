import { useState, type MouseEvent, type ReactNode } from 'react';
import { figureAddress, type FigureQuestion } from '../api/queries.js';
import { useWords } from '../i18n/i18n.js';
import { pictureOf } from './picture.js';
import styles from './ui.module.css';

const FILES = ['csv', 'xlsx'] as const;

/** The figure, or the list at `path`, as files that the platform makes; the whole list, however much of it is shown. */
export function TakeAway({
  children,
  ...of
}: ({ question: FigureQuestion } | { path: string }) & { children?: ReactNode }) {
  const { t } = useWords();
  const addressOf = (format: string) =>
    'question' in of
      ? figureAddress(of.question, '/v1/figures', { format })
      : `${of.path}${of.path.includes('?') ? '&' : '?'}format=${format}`;
  return (
    <div className={styles.files}>
      {FILES.map((format) => (
        <a key={format} className={styles.button} href={addressOf(format)} download>
          {t(`takeAway.${format}`)}
        </a>
      ))}
      {children}
    </div>
  );
}

/** The panel that this stands in as a picture, under whose it is and what it shows. `name` is the file's, without its ending. */
export function TakePicture({ name, heading }: { name: string; heading: string }) {
  const { t } = useWords();
  const [failed, setFailed] = useState(false);
  const take = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const address = URL.createObjectURL(await pictureOf(currentTarget.closest('section')!, heading));
    const link = document.createElement('a');
    Object.assign(link, { href: address, download: `${name}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return (
    <button
      type="button"
      className={styles.button}
      onClick={(event) =>
        void take(event).then(
          () => setFailed(false),
          () => setFailed(true),
        )
      }
    >
      {t(failed ? 'takeAway.failed' : 'takeAway.png')}
    </button>
  );
}
