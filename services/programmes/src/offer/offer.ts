import { OfferReported, ProgrammeOffered } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { canonicalJson } from '@gdtx/ledger/canonical-json';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Context, Fact } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, notInFuture } from '@gdtx/ledger/unit-rules';
import { firstDay, isOpenStart, type Day } from '@gdtx/territory/days';
import { plain } from '@gdtx/contracts/plain';
import { isReporter, livedWithin, mayReport, REPORTING_ROLES } from '../reporting.js';
import * as forms from './offer-facts.js';
import { offerKey, offerOf, type OfferState, type Programme } from './offer-state.js';

/** No centre offers so many: more are a mistake, and would make the document too large. */
const MOST_PROGRAMMES = 1_000;
const MOST_REPORTS = 1_000;

export const programmeOffered = defineFact<ProgrammeOffered, typeof forms.programmeOffered>({
  name: 'ProgrammeOffered',
  title: { vi: 'Mở chương trình', en: 'Programme offered' },
  description:
    'A programme, course or trade that the centre offers, organises with a partner, hosts or advises. Said once, under an id of the centre’s own.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: ProgrammeOffered,
  schema: forms.programmeOffered,
  example: {
    source: 'gdtx-son-la',
    data: {
      programme: 'nghe-dien-dan-dung',
      type: 'general-vocational',
      name: 'Nghề Điện dân dụng',
      trade: 'Điện dân dụng',
      forms: ['full-time'],
      audience: ['học sinh THCS', 'học sinh THPT'],
      role: 'organises',
      offeredFrom: { notBefore: '2018-11-27' },
    },
  },
  keys: ({ source }) => [offerKey(source)],
  decide: (fact, states, context) =>
    firstRefusal(
      () => timesAreRight(fact, context),
      () => isAnotherProgramme(offerOf(states, fact.source).programmes, programme(fact.data)),
    ),
  evolve: ({ source, data }, states) => {
    const offer = offerOf(states, source);
    return {
      [offerKey(source)]: { ...offer, programmes: [...offer.programmes, programme(data)] } satisfies OfferState,
    };
  },
});

function timesAreRight(fact: Fact<ProgrammeOffered>, context: Context): Refusal | undefined {
  const { offeredFrom, until } = fact.data;
  return firstRefusal(
    () => (offeredFrom ? mayReport(fact, offeredFrom, 'data.offeredFrom', context) : isReporter(fact, context)),
    () => (until ? notInFuture(until, context.today, 'data.until') : undefined),
    () => (until ? livedWithin(context.registry, fact.source, firstDay(offeredFrom) || until, until) : undefined),
    () =>
      until && offeredFrom && firstDay(offeredFrom) >= until
        ? refuse('malformed', `It can't be offered until ${until}, before it was offered.`, 'data.until')
        : undefined,
  );
}

function isAnotherProgramme(known: readonly Programme[], said: Programme): Refusal | undefined {
  if (known.some(({ id }) => id === said.id)) {
    return refuse('exists-already', `The programme \`${said.id}\` is offered already.`, 'data.programme');
  }
  const same = known.find((other) => other.identity === said.identity && overlap(other, said));
  if (same) {
    const sentence = `This is the programme \`${same.id}\` under another id: it would count twice.`;
    return refuse('counted-twice', sentence, 'data.programme');
  }
  if (known.length < MOST_PROGRAMMES) return undefined;
  return refuse('too-many', `A centre offers at most ${MOST_PROGRAMMES} programmes.`, 'data.programme');
}

function overlap(one: Programme, other: Programme): boolean {
  const begins = (from: Day | null, until: Day | null) => from === null || until === null || from < until;
  return begins(one.from, other.until) && begins(other.from, one.until);
}

function programme(data: ProgrammeOffered): Programme {
  const { type, name, field, trade, level, partner, role } = data;
  const sorted = (items: readonly string[]) => [...items].map(folded).sort();
  return {
    id: data.programme,
    type,
    from: !data.offeredFrom || isOpenStart(data.offeredFrom) ? null : firstDay(data.offeredFrom),
    until: data.until || null,
    forms: data.forms,
    identity: canonicalJson([
      ...[type, name, field, trade, level, partner, role || 'organises'].map(folded),
      sorted(data.forms),
      sorted(data.audience),
    ]),
    said: plain(data),
  };
}

const folded = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();

export const offerReported = defineFact<OfferReported, typeof forms.offerReported>({
  name: 'OfferReported',
  title: { vi: 'Báo cáo ngành, nghề đang tổ chức', en: 'Offer reported' },
  description:
    'How many fields, specialities and trades a centre offers, in which areas, and of which types its list of programmes isn’t complete.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: OfferReported,
  schema: forms.offerReported,
  example: {
    source: 'gdtx-son-la',
    data: { reportedOn: { notBefore: '2018-11-27' }, fields: 31, areas: ['giáo dục', 'văn hóa'], open: true },
  },
  keys: ({ source }) => [offerKey(source)],
  decide: (fact, states, context) =>
    firstRefusal(
      () => mayReport(fact, fact.data.reportedOn, 'data.reportedOn', context),
      () => isAnotherReport(offerOf(states, fact.source), firstDay(fact.data.reportedOn)),
    ),
  evolve: ({ source, data }, states) => {
    const offer = offerOf(states, source);
    const day = firstDay(data.reportedOn);
    const newest = !offer.report || offer.report.day < day;
    const report = newest ? { report: { day, said: plain(data) } } : {};
    return { [offerKey(source)]: { ...offer, reportedOn: [...offer.reportedOn, day], ...report } satisfies OfferState };
  },
});

function isAnotherReport({ reportedOn }: OfferState, day: Day): Refusal | undefined {
  if (reportedOn.includes(day)) {
    const sentence = `The offer of ${day} is reported already; a correction withdraws it and says it anew.`;
    return refuse('exists-already', sentence, 'data.reportedOn');
  }
  if (reportedOn.length < MOST_REPORTS) return undefined;
  return refuse('too-many', `A centre reports its offer at most ${MOST_REPORTS} times.`, 'data.reportedOn');
}
