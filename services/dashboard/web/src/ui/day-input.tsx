import { useRef, useState } from 'react';
import { formatDate, readDay } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import styles from './day-input.module.css';

/**
 * A day, written as the page's language writes it: a browser's own field follows the browser's, and 3/5 would be another day in it. Taken
 * once it is left or Enter is pressed; what is no day, or one before `min` or after `max`, is said to be wrong and not taken, and the form that
 * it stands in isn't sent. A calendar is a click away.
 */
export function DayInput({
  id,
  label,
  value,
  min,
  max,
  onTyped,
  onDay,
}: {
  id?: string;
  label: string;
  value: string;
  min?: string | undefined;
  max?: string;
  /** What stands there is a day, which isn't taken yet. */
  onTyped?: (day: string) => void;
  onDay: (day: string) => void;
}) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const isRight = (day: string | undefined): day is string =>
    day !== undefined && (min === undefined || day >= min) && (max === undefined || day <= max);
  const type = (text: string) => {
    setTyped(text);
    const day = readDay(text);
    if (isRight(day) && day !== value) onTyped?.(day);
  };
  const take = (day: string | undefined) => {
    const right = isRight(day);
    setWrong(!right);
    field.current?.setCustomValidity(right ? '' : t('lens.noDay'));
    if (!right) return;
    setTyped(undefined);
    if (day !== value) onDay(day);
  };
  return (
    <span className={styles.day}>
      <input
        ref={field}
        id={id}
        type="text"
        size={language === 'vi' ? 10 : 17}
        autoComplete="off"
        aria-label={label}
        aria-invalid={isWrong || undefined}
        value={typed ?? formatDate(value, language)}
        onChange={({ target }) => type(target.value)}
        onBlur={() => typed !== undefined && take(readDay(typed))}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(readDay(currentTarget.value))}
      />
      <button
        type="button"
        aria-label={`${label}: ${t('lens.calendar')}`}
        onClick={() => calendar.current?.showPicker()}
      >
        <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7" aria-hidden>
          <path d="M5 5h14v15H5zM5 9.500h14M9 3v4m6-4v4" />
        </svg>
      </button>
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        className={styles.calendar}
        value={value}
        min={min}
        max={max}
        onChange={({ target }) => target.value !== '' && take(target.value)}
      />
      {isWrong && (
        <small role="alert" className={styles.wrong}>
          {t('lens.noDay')}
        </small>
      )}
    </span>
  );
}
