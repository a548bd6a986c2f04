import { addMonths, formatPeriod } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';

const MONTHS_BACK = 60;

/** A month among the last five years, in the language of the page; one that is chosen already is offered however old it is. */
export function MonthChoice({
  id,
  label,
  value,
  last,
  onChoose,
}: {
  id?: string;
  /** Where no label beside it names it. */
  label?: string;
  value: string;
  last: string;
  onChoose: (month: string) => void;
}) {
  const { language } = useWords();
  const months = Array.from({ length: MONTHS_BACK }, (_, i) => addMonths(last, -i));
  const choices = months.includes(value) ? months : [...months, value];
  return (
    <select id={id} aria-label={label} value={value} onChange={({ target }) => onChoose(target.value)}>
      {choices.map((month) => (
        <option key={month} value={month}>
          {formatPeriod(month, month, language)}
        </option>
      ))}
    </select>
  );
}
