import { dayInVietNam, formatDate } from '../formats/dates.js';
import { useWhose } from '../app/me.js';
import type { Looked } from '../app/screens.js';
import { askAnswer, askFigures, someAnswer, useUnit } from '../api/queries.js';
import type { Reporting } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { ByCategory, categoryQuestion } from '../ui/by-category.js';
import { Column, Columns } from '../ui/columns.js';
import { questionsOfHeadlines } from '../ui/headline-questions.js';
import { Headline, Headlines } from '../ui/headline.js';
import { lastMonth } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { Attention } from './attention.js';
import { Behind } from './behind.js';
import { Changes } from './changes.js';
import { Completeness } from './completeness.js';
import { HEADLINES } from './headlines.js';
import { behindQuestions, comparedPath, lastMonthDue, overduePath, reportingPath } from './questions.js';
import styles from './today.module.css';

/** All that the screen shows, the figures first. */
export function askAhead(looked: Looked): Promise<unknown> {
  const behind = behindQuestions(looked);
  const figures = askFigures([
    ...questionsOfHeadlines(HEADLINES, looked),
    ...[behind.now, behind.before, categoryQuestion('learners-present', { on: looked.at }, looked)],
  ]);
  const dueOn = knownDueOn(looked);
  const rest = () =>
    Promise.all([
      askReporting(looked, dueOn),
      askAnswer('follow-up', overduePath(looked)),
      askAnswer('compared', comparedPath('/v1/reconciliation', looked)),
      askAnswer('compared', comparedPath('/v1/outliers', looked)),
    ]);
  // When the page is opened, the platform works out the figures first, and the browser draws them.
  return dueOn === undefined ? figures.then(rest) : Promise.all([figures, rest()]);
}

/** Of the last whole month and, until that is due, of the one before. */
async function askReporting(looked: Looked, known: string | undefined): Promise<void> {
  const last = askAnswer('reporting', reportingPath(looked));
  if (known === undefined) await last;
  const dueOn = known ?? knownDueOn(looked);
  const due = dueOn && askAnswer('reporting', reportingPath(looked, lastMonthDue(looked.at, dueOn)));
  await Promise.all([last, due]);
}

/** When the last whole month is due: the same by whatever view it was asked. */
const knownDueOn = ({ at }: Looked): string | undefined =>
  someAnswer<Reporting>('reporting', ({ from, to }) => from === lastMonth(at) && to === from)?.dueOn;

/** The nation at a glance, or whatever of it the reader may see: what is, against last year and target, and what needs attention. */
export default function Today() {
  const { t, text, language } = useWords();
  const { view } = useView();
  const unit = useWhose();
  const whose = useUnit(unit);
  const at = view.at ?? dayInVietNam(new Date());
  return (
    <>
      <div className={styles.title}>
        <h1>
          {whose.data && text(whose.data.label)}
          <span>
            {whose.data && ' · '}
            {view.at ? t('today.titleAt', { day: formatDate(at, language) }) : t('today.title')}
          </span>
        </h1>
      </div>
      <Headlines label={t('today.headlines')}>
        {HEADLINES.map((headline) => (
          <Headline key={headline.indicator} headline={headline} unit={unit} at={at} />
        ))}
      </Headlines>
      <Columns wider="first">
        <Column>
          <Behind unit={unit} at={at} />
          <ByCategory title={t('today.byType')} indicator="learners-present" unit={unit} months={{ on: at }} />
        </Column>
        <Column>
          <Attention unit={unit} at={at} />
          <Completeness unit={unit} at={at} />
          <Changes />
        </Column>
      </Columns>
    </>
  );
}
