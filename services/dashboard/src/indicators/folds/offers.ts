import { OfferReported, ProgrammeOffered } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { firstDay } from '@gdtx/territory/days';
import type { Contribution } from '../../model.js';
import { factFold, NOTHING, recordedDay, type FactFold, type FoldEntry, type Recall } from './fold.js';
import { levelOf, precisionCode } from './parts.js';

const SERVICE = 'programmes';

/** Programme types whose list was ever said to be open. */
const openOnce = (recall: Recall): string[] => recall<string[]>('open-types', '') ?? [];

/** An undated programme counts from when the document that names it was published, else from when it was recorded. */
function offeredFrom({ offeredFrom: from, source }: ProgrammeOffered, entry: FoldEntry): string {
  return firstDay(from) || firstDay(source?.publishedOn) || recordedDay(entry);
}

export const offerFolds: FactFold[] = [
  factFold(SERVICE, 'ProgrammeOffered', ProgrammeOffered, (data, entry) => {
    const series = { indicator: 'programmes-offered', category: data.type, slot: data.programme };
    const begins = offeredFrom(data, entry);
    const ends = data.until ? [levelOf(data.until, { ...series, value: 0 })] : [];
    // Undated, and over before anything dates it: all that is known is that it isn't offered any more.
    return data.until && data.until <= begins ? ends : [levelOf(begins, { ...series, value: 1 }), ...ends];
  }),
  // An open list adds nothing to the number of programmes, but makes it "at least"; one that is complete again makes it exact.
  factFold(
    SERVICE,
    'OfferReported',
    OfferReported,
    (data, entry, recall) => {
      const into: Contribution[] = [];
      const day = firstDay(data.reportedOn) || recordedDay(entry);
      if (data.fields) {
        const precision = precisionCode(data.fields.precision);
        into.push(levelOf(day, { indicator: 'fields-of-study', value: data.fields.value, precision }));
      }
      const once = openOnce(recall);
      for (const type of new Set([...once, ...data.openTypes])) {
        const precision = data.openTypes.includes(type) ? 1 : 0;
        into.push(
          levelOf(day, { indicator: 'programmes-offered', category: type, slot: `open:${type}`, value: 0, precision }),
        );
      }
      return into;
    },
    (data, _entry, recall) => {
      const once = openOnce(recall);
      const news = data.openTypes.filter((type) => !once.includes(type));
      return news.length > 0 ? [{ of: 'open-types', id: '', value: [...once, ...news], kind: 'gathered' }] : NOTHING;
    },
  ),
];
