import { useWhose } from '../app/me.js';
import type { Looked } from '../app/screens.js';
import { askFigures, knownIndicators, useUnit } from '../api/queries.js';
import { dayInVietNam } from '../formats/dates.js';
import { useWords } from '../i18n/i18n.js';
import { ByCategory, categoryQuestion } from '../ui/by-category.js';
import { Column, Columns } from '../ui/columns.js';
import { Fields } from '../ui/field.js';
import { questionsOfHeadlines, type HeadlineOf } from '../ui/headline-questions.js';
import { Headline, Headlines } from '../ui/headline.js';
import { UnitChoice } from '../ui/unit-choice.js';
import { compared } from '../view/compared.js';
import { useView } from '../view/use-view.js';
import { ByPlace } from './by-place.js';
import styles from './community-learning.module.css';
import { Lines } from './lines.js';
import { columnQuestion, COLUMNS, lineQuestions } from './questions.js';
import { FACILITIES, LITERACY, MANAGERS, MODELS, MONEY } from './lines-of.js';

const HEADLINES: readonly HeadlineOf[] = [
  // Fewer may be what a reorganisation was for.
  { indicator: 'community-centres', kind: 'level', better: 'neither' },
  { indicator: 'community-coverage', kind: 'level' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  { indicator: 'topics-per-plan', kind: 'flow' },
  { indicator: 'needs-surveyed', kind: 'flow' },
];

const BY_CATEGORY = [
  { title: 'community.ratings', indicator: 'community-ratings', kind: 'level' },
  { title: 'community.communes', indicator: 'learning-communes', kind: 'level' },
  { title: 'community.areas', indicator: 'topics-held', kind: 'flow' },
] as const;

/** All figures of the screen, those that stand first in the first call. */
export function askAhead(looked: Looked): Promise<unknown> {
  const indicators = knownIndicators();
  const lines = [MODELS, LITERACY, FACILITIES, MANAGERS, MONEY].flat().map((line) => {
    return lineQuestions(line, indicators?.get(line.indicator)?.share, looked);
  });
  return askFigures([
    ...questionsOfHeadlines(HEADLINES, looked),
    ...(looked.unit === 'vn' ? COLUMNS.map((column) => columnQuestion(column, 'province', looked)) : []),
    ...lines.flatMap(({ now, whole, before, share }) => [now, whole, before, share?.above, share?.below]),
    ...BY_CATEGORY.map(({ indicator, kind }) => categoryQuestion(indicator, compared(kind, looked.at).now, looked)),
  ]);
}

/** Community learning: the centres and what they hold, the learning models, literacy, managers, facilities and money, against target and last year. */
export default function CommunityLearningScreen() {
  const { t, text } = useWords();
  const { view } = useView();
  const unit = useWhose();
  const whose = useUnit(unit);
  const at = view.at ?? dayInVietNam(new Date());
  const kind = whose.data?.kind;
  const hasPlaces = kind === 'country' || kind === 'province' || kind === 'district';
  return (
    <>
      <h1 className={styles.title}>
        {t('community.title')} {whose.data && <span>· {text(whose.data.label)}</span>}
      </h1>
      <Fields>
        <UnitChoice />
      </Fields>
      <Headlines label={t('today.headlines')}>
        {HEADLINES.map((headline) => (
          <Headline key={headline.indicator} headline={headline} unit={unit} at={at} />
        ))}
      </Headlines>
      {hasPlaces && (
        <div className={styles.wide}>
          <ByPlace unit={unit} at={at} />
        </div>
      )}
      <Columns wider="first">
        <Column>
          <Lines title={t('community.models')} lead={t('community.modelsLead')} lines={MODELS} unit={unit} at={at} />
          <Lines
            title={t('community.literacy')}
            lead={t('community.literacyLead')}
            lines={LITERACY}
            unit={unit}
            at={at}
          />
          <Lines title={t('community.facilities')} lines={FACILITIES} unit={unit} at={at} />
        </Column>
        <Column>
          <Lines title={t('community.managers')} lines={MANAGERS} unit={unit} at={at} />
          <Lines title={t('community.money')} lines={MONEY} unit={unit} at={at} />
          {BY_CATEGORY.map(({ title, indicator, kind }) => (
            <ByCategory key={title} title={t(title)} {...{ indicator, unit }} months={compared(kind, at).now} />
          ))}
        </Column>
      </Columns>
    </>
  );
}
