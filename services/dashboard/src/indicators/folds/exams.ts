import {
  CertificatesIssued,
  EmploymentReported,
  ExamHeld,
  IntakePlanned,
  LearnersGraduated,
} from '@gdtx/contracts/gen/gdtx/programmes/v1/facts';
import type { Contribution } from '../../model.js';
import { typeOfClass, UNKNOWN_TYPE } from './classes.js';
import { factFold, type FactFold } from './fold.js';
import { flowOf, flowOfPeople, monthOf } from './parts.js';

const SERVICE = 'programmes';

export const examFolds: FactFold[] = [
  factFold(
    SERVICE,
    'ExamHeld',
    ExamHeld,
    (data) => {
      const into: Contribution[] = [];
      flowOfPeople(into, 'exam-candidates', data.type, monthOf(data.heldOn), data.candidates);
      flowOfPeople(into, 'exam-passed', data.type, monthOf(data.heldOn), data.passed);
      return into;
    },
    (data) => [{ of: 'exam', id: data.exam, value: data.type, kind: 'said' }],
  ),
  factFold(SERVICE, 'CertificatesIssued', CertificatesIssued, (data, _entry, recall) => {
    const into: Contribution[] = [];
    const type = recall<string>('exam', data.exam) ?? UNKNOWN_TYPE;
    flowOfPeople(into, 'certificates-issued', type, monthOf(data.issuedOn), data.certificates);
    return into;
  }),
  // Candidates of a graduation exam are no candidates of certificate exams, so they enter nothing.
  factFold(SERVICE, 'LearnersGraduated', LearnersGraduated, (data) => {
    const into: Contribution[] = [];
    flowOfPeople(into, 'graduates', data.type, monthOf(data.occurredOn), data.graduates);
    return into;
  }),
  factFold(SERVICE, 'EmploymentReported', EmploymentReported, (data, _entry, recall) => {
    const into: Contribution[] = [];
    const type = data.class ? typeOfClass(data.class, recall) : data.type;
    const month = monthOf(data.reportedOn);
    flowOfPeople(into, 'employment-surveyed', type, month, data.surveyed);
    flowOfPeople(into, 'employment-employed', type, month, data.employed);
    return into;
  }),
  factFold(SERVICE, 'IntakePlanned', IntakePlanned, (data) => [
    flowOf(`${data.schoolYear.slice(0, 4)}-09`, {
      indicator: 'intake-planned',
      category: data.type,
      value: data.count,
    }),
  ]),
];
