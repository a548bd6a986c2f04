import type { Indicator } from '../indicator.js';
import { LEAVING_REASONS, MEASURES, PROGRAMME_TYPE_MEANING, PROGRAMME_TYPES } from '../labels.js';
import { flow, ifAny, level, minus, plus, ratio, said } from './entry.js';

const byType = { meaning: PROGRAMME_TYPE_MEANING, values: PROGRAMME_TYPES };
const by = (...names: string[]) => said('programmes', ...names);

/** Who learns at the centres: present, coming, leaving, completing. The headline first. */
export const learnerIndicators: readonly Indicator[] = [
  level({
    id: 'learners-present',
    label: { vi: 'Số học viên đang theo học (sĩ số)', en: 'Learners present (size of enrolment)' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Số học viên có mặt trong các lớp vào ngày cuối kỳ: sĩ số báo cáo gần nhất của mỗi lớp, cộng người nhập học và trừ người thôi học sau ngày đó. Lớp đã kết thúc không còn học viên kể từ ngày hôm sau. Đơn vị chỉ báo cáo số tổng hợp: theo từng loại chương trình.',
      en: 'Learners in the classes on the last day of the period: the last headcount of each class, plus those who enrolled and minus those who left since. A class that was completed has none from the day after. Units that report totals only: by programme type.',
    },
    fedBy: by('LearnersEnrolled', 'LearnersLeft', 'HeadcountReported', 'ClassCompleted', 'TotalsReported'),
    categories: byType,
  }),
  flow({
    id: 'learners-enrolled',
    label: { vi: 'Số học viên nhập học (tuyển mới)', en: 'Learners newly enrolled' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Số học viên vào lớp trong kỳ. Người học hai lớp được tính hai lần; không phải sĩ số.',
      en: 'Learners who came into a class in the period. Whoever enrols in two classes counts twice; not the number present.',
    },
    fedBy: by('LearnersEnrolled', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  flow({
    id: 'learners-left',
    label: { vi: 'Số học viên thôi học, chuyển đi', en: 'Learners who left' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Số học viên rời lớp trước khi kết thúc, theo lý do. Chỉ lý do thứ nhất là bỏ học.',
      en: 'Learners who left a class before its end, by reason. Only the first reason is dropping out.',
    },
    fedBy: by('LearnersLeft', 'TotalsReported'),
    categories: { meaning: { vi: 'Lý do', en: 'Reason' }, values: LEAVING_REASONS },
  }),
  ratio({
    id: 'dropout-rate',
    label: { vi: 'Tỷ lệ học viên bỏ học', en: 'Drop-out rate' },
    definition: {
      vi: 'Số học viên bỏ học trong kỳ chia cho số học viên nhập học trong kỳ.',
      en: 'Learners who dropped out in the period divided by learners who enrolled in it.',
    },
    ratio: {
      numerator: [plus('learners-left', 'dropped-out')],
      denominator: [plus('learners-enrolled')],
      byCategory: 'none',
    },
  }),
  ratio({
    id: 'retention-rate',
    label: { vi: 'Tỷ lệ duy trì sĩ số', en: 'Retention rate' },
    definition: {
      vi: 'Số học viên nhập học trong kỳ còn lại (trừ mọi trường hợp thôi học) chia cho số nhập học trừ số chuyển trường, chuyển cơ sở. Tính theo năm học.',
      en: 'Of the learners who enrolled in the period, those who stayed (without all who left) divided by those who enrolled without those who transferred. Meant for school years.',
    },
    ratio: {
      numerator: [plus('learners-enrolled'), minus('learners-left')],
      denominator: [plus('learners-enrolled'), ifAny(minus('learners-left', 'transferred'))],
      byCategory: 'none',
    },
  }),
  flow({
    id: 'learners-completed',
    label: { vi: 'Số học viên hoàn thành chương trình', en: 'Learners who completed the programme' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Số học viên hoàn thành chương trình khi lớp kết thúc. Không phải tốt nghiệp THPT.',
      en: 'Learners who had completed the programme when their class ended. Not graduation from upper secondary.',
    },
    fedBy: by('ClassCompleted', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  flow({
    id: 'graduates',
    label: { vi: 'Số học viên tốt nghiệp THPT hệ GDTX', en: 'Graduates of continuing education' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Số học viên được công nhận tốt nghiệp, theo loại chương trình; thí sinh thi tốt nghiệp không tính vào số thí sinh dự thi chứng chỉ.',
      en: 'Learners who graduated, by programme type; candidates of the graduation exam aren’t among the candidates of certificate exams.',
    },
    fedBy: by('LearnersGraduated', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  level({
    id: 'classes',
    label: { vi: 'Số lớp', en: 'Classes' },
    measure: MEASURES.classes,
    definition: {
      vi: 'Số lớp đang mở vào ngày cuối kỳ: từ ngày mở đến hết ngày kết thúc.',
      en: 'Classes that are open on the last day of the period: from the day of opening to the day of completion.',
    },
    fedBy: by('ClassOpened', 'ClassCompleted'),
    categories: byType,
  }),
  flow({
    id: 'intake-planned',
    label: { vi: 'Chỉ tiêu tuyển sinh', en: 'Intake target' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Chỉ tiêu được giao cho năm học, ghi vào tháng 9 đầu năm học; đọc theo năm học.',
      en: 'Learners that a centre is to take in for a school year, placed in the September that it begins with; read by school year.',
    },
    fedBy: by('IntakePlanned'),
    categories: byType,
  }),
  ratio({
    id: 'intake-rate',
    label: { vi: 'Tỷ lệ tuyển sinh so với chỉ tiêu', en: 'Intake against target' },
    definition: {
      vi: 'Số học viên nhập học chia cho chỉ tiêu tuyển sinh; đọc theo năm học.',
      en: 'Learners who enrolled divided by the intake planned; read by school year.',
    },
    ratio: { numerator: [plus('learners-enrolled')], denominator: [plus('intake-planned')], byCategory: 'both' },
  }),
  flow({
    id: 'literacy-learners',
    label: { vi: 'Số người học xóa mù chữ (giai đoạn 1, giai đoạn 2)', en: 'Literacy learners (phases 1, 2)' },
    measure: MEASURES.people,
    definition: {
      vi: 'Số người vào lớp xóa mù chữ trong kỳ.',
      en: 'People who came into a literacy class in the period.',
    },
    fedBy: by('LearnersEnrolled', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
  }),
];
