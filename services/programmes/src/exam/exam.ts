import type { Breakdown } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { CertificatesIssued, ExamHeld } from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { Fact, States } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal } from '@gdtx/ledger/unit-rules';
import type { Day } from '@gdtx/territory/days';
import { classHasBegun, classIsKnown, classKey, knownClass, registerAddsUp, type ClassState } from '../class/class.js';
import { seen } from '../class/register.js';
import {
  atLeast,
  atMost,
  excess,
  fieldOf,
  sumOfLeast,
  sumOfTallies,
  tally,
  wordsOf,
  type AtLeast,
  type AtMost,
  type Tally,
} from '../people.js';
import { mayReport, REPORTING_ROLES } from '../reporting.js';
import { monthKeyOf, nowSaid, saidOneWay } from '../totals/month.js';
import * as forms from './exam-facts.js';
import { notMoreThan } from '../not-more-than.js';

/** An examination: the state document `exam:<unit>/<exam>`. */
export interface ExamState {
  type: string;
  class?: string;
  heldOn: Day;
  candidates: AtMost;
  passed?: AtMost;
  /** Over all facts that issued some. */
  certificates?: AtLeast;
  issued?: Tally;
}

export const examKey = (unit: string, exam: string) => `exam:${unit}/${exam}`;

const measuresOf = (data: ExamHeld) => (data.passed ? ['exam-candidates', 'exam-passed'] : ['exam-candidates']);

export const examHeld = defineFact<ExamHeld, typeof forms.examHeld>({
  name: 'ExamHeld',
  title: { vi: 'Tổ chức thi', en: 'Exam held' },
  description: 'An examination: who sat it, and who passed. Of a class, no more can sit it than are in the class.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: ExamHeld,
  schema: forms.examHeld,
  example: {
    source: 'gdtx-thanh-hoa',
    data: {
      exam: 'cntt-2024-06',
      type: 'it-certificate',
      heldOn: '2024-06-15',
      candidates: { total: 120, female: 71 },
      passed: { total: 117, female: 70 },
    },
  },
  keys: ({ source, data }) => [
    examKey(source, data.exam),
    monthKeyOf(source, data.heldOn),
    ...(data.class ? [classKey(source, data.class)] : []),
  ],
  decide: (fact, states, context) => {
    const { exam, type, heldOn, candidates, passed } = fact.data;
    return firstRefusal(
      () => mayReport(fact, heldOn, 'data.heldOn', context),
      () =>
        states.get<ExamState>(examKey(fact.source, exam))
          ? refuse('exists-already', `The exam \`${exam}\` was held already.`, 'data.exam')
          : undefined,
      () =>
        passed ? notMoreThan(passed, candidates!, 'more-than-candidates', 'candidates', 'data.passed') : undefined,
      () => (fact.data.class ? isExamOfClass(fact, states) : undefined),
      () => saidOneWay(states, monthKeyOf(fact.source, heldOn), type, measuresOf(fact.data), 'classes', 'data.exam'),
    );
  },
  evolve: (fact, states) => {
    const { source, data } = fact;
    const exam: ExamState = {
      type: data.type,
      ...(data.class ? { class: data.class } : {}),
      heldOn: data.heldOn,
      candidates: atMost(data.candidates!),
      ...(data.passed ? { passed: atMost(data.passed) } : {}),
    };
    return {
      [examKey(source, data.exam)]: exam,
      ...(data.class ? { [classKey(source, data.class)]: examined(fact, states) } : {}),
      ...nowSaid(states, monthKeyOf(source, data.heldOn), data.type, measuresOf(data), 'classes'),
    };
  },
});

/** A class may be examined after it was completed: those who were in it at its end count. */
function isExamOfClass(fact: Fact<ExamHeld>, states: States): Refusal | undefined {
  const { class: id, type, heldOn } = fact.data;
  return firstRefusal(
    () => classIsKnown(states, fact, id),
    () => classHasBegun(states, fact, id, heldOn),
    () => {
      const known = knownClass(states, fact, id).type;
      if (known === type) return undefined;
      return refuse('type-differs', `The class \`${id}\` is of type ${known}, not ${type}.`, 'data.type');
    },
    () => registerAddsUp(examined(fact, states).register, id, 'data.candidates'),
  );
}

function examined(fact: Fact<ExamHeld>, states: States): ClassState {
  const known = knownClass(states, fact, fact.data.class);
  return { ...known, register: seen(known.register, fact.data.heldOn, atLeast(fact.data.candidates!)) };
}

export const certificatesIssued = defineFact<CertificatesIssued, typeof forms.certificatesIssued>({
  name: 'CertificatesIssued',
  title: { vi: 'Cấp chứng chỉ', en: 'Certificates issued' },
  description:
    'Certificates of an exam that was held, possibly several times: in all no more than its candidates, nor than those who passed where that was said.',
  ledger: 'source',
  roles: REPORTING_ROLES,
  message: CertificatesIssued,
  schema: forms.certificatesIssued,
  example: {
    source: 'gdtx-thanh-hoa',
    data: { exam: 'cntt-2024-06', issuedOn: '2024-07-20', certificates: { total: 117, female: 70 } },
  },
  keys: ({ source, data }) => [examKey(source, data.exam), monthKeyOf(source, data.issuedOn)],
  decide: (fact, states, context) => {
    const { exam: id, issuedOn, certificates } = fact.data;
    const exam = states.get<ExamState>(examKey(fact.source, id));
    return firstRefusal(
      () => mayReport(fact, issuedOn, 'data.issuedOn', context),
      () => (exam ? undefined : refuse('exam-unknown', `\`${fact.source}\` has held no exam \`${id}\`.`, 'data.exam')),
      () =>
        issuedOn < exam!.heldOn
          ? refuse('before-exam', `The exam \`${id}\` was held on ${exam!.heldOn}, after ${issuedOn}.`, 'data.issuedOn')
          : undefined,
      () => notTooMany(exam!, id, certificates!),
      () => {
        const key = monthKeyOf(fact.source, issuedOn);
        return saidOneWay(states, key, exam!.type, ['certificates-issued'], 'classes', 'data.exam');
      },
    );
  },
  evolve: ({ source, data }, states) => {
    const key = examKey(source, data.exam);
    const exam = states.get<ExamState>(key)!;
    const now: ExamState = {
      ...exam,
      certificates: sumOfLeast(exam.certificates, atLeast(data.certificates!)),
      issued: sumOfTallies(exam.issued, tally(data.certificates!)),
    };
    return {
      [key]: now,
      ...nowSaid(states, monthKeyOf(source, data.issuedOn), exam.type, ['certificates-issued'], 'classes'),
    };
  },
});

function notTooMany(exam: ExamState, id: string, certificates: Breakdown): Refusal | undefined {
  const all = sumOfLeast(exam.certificates, atLeast(certificates));
  const limits = [
    { most: exam.candidates, slug: 'more-than-candidates', did: 'sat' },
    { most: exam.passed, slug: 'more-than-passed', did: 'passed' },
  ];
  for (const { most, slug, did } of limits) {
    const line = most && excess(all, most);
    if (!line) continue;
    const sentence = `${most[line] ?? most.total} ${wordsOf(line)} ${did} the exam \`${id}\`: ${all[line]} can’t have a certificate.`;
    return refuse(slug, sentence, `data.certificates.${fieldOf(line)}`);
  }
  return undefined;
}
