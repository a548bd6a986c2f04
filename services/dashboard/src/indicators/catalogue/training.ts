import type { Indicator } from '../indicator.js';
import { MEASURES, PROGRAMME_TYPE_MEANING, PROGRAMME_TYPES } from '../labels.js';
import { flow, level, plus, ratio, said } from './entry.js';

const byType = { meaning: PROGRAMME_TYPE_MEANING, values: PROGRAMME_TYPES };
const by = (...names: string[]) => said('programmes', ...names);
const ENROLMENT = by('LearnersEnrolled', 'TotalsReported', 'OpeningBalanceDeclared');

/** People trained, what is on offer, exams and certificates, work afterwards. */
export const trainingIndicators: readonly Indicator[] = [
  flow({
    id: 'trainees',
    label: { vi: 'Tổng số người được đào tạo, bồi dưỡng', en: 'All people trained' },
    measure: MEASURES.people,
    definition: {
      vi: 'Người được bồi dưỡng, học liên kết đào tạo, học sơ cấp, trung cấp và các lớp ngắn hạn, kể cả số lũy kế gộp nhiều loại. Không gồm: học sinh phổ thông học nghề phổ thông, học viên GDTX cấp THCS, THPT, người học xóa mù chữ, thí sinh chỉ dự thi, và lượt người.',
      en: 'People in refresher, linked, elementary and intermediate vocational training and short courses, and opening balances of several of these. Not in it: school pupils in general-vocational courses, learners of lower and upper secondary, literacy learners, candidates who only sat an exam, and attendances.',
    },
    fedBy: ENROLMENT,
    balances: true,
    categories: byType,
  }),
  flow({
    id: 'refresher-trainees',
    label: { vi: 'Số người được bồi dưỡng', en: 'People given refresher training (bồi dưỡng)' },
    measure: MEASURES.people,
    definition: {
      vi: 'Người vào các lớp bồi dưỡng (cán bộ, công chức, viên chức, giáo viên); số lũy kế gộp với loại khác không tính vào đây.',
      en: 'People who came into refresher training (officials, public employees, teachers); a balance together with other types isn’t in it.',
    },
    fedBy: ENROLMENT,
    balances: true,
    categories: { meaning: { vi: 'Đối tượng (của số lũy kế)', en: 'Audience (of opening balances)' } },
  }),
  flow({
    id: 'linked-trainees',
    label: { vi: 'Số học viên liên kết đào tạo', en: 'Learners in linked courses (liên kết đào tạo)' },
    measure: MEASURES.learners,
    definition: {
      vi: 'Người vào các lớp liên kết đào tạo cấp bằng hoặc trung cấp; văn bằng do cơ sở liên kết cấp. Số bình quân hằng năm không tính vào đây.',
      en: 'People who came into linked degree or intermediate courses; the degree is the partner’s. A yearly average isn’t in it.',
    },
    fedBy: ENROLMENT,
    balances: true,
  }),
  flow({
    id: 'linked-trainees-yearly',
    label: { vi: 'Bình quân học viên liên kết mỗi năm', en: 'Linked learners a year, average' },
    measure: MEASURES.learners,
    aggregation: 'none',
    addsOverUnits: false,
    definition: {
      vi: 'Số bình quân mỗi năm do trung tâm nêu; không cộng theo thời gian, không cộng giữa các trung tâm.',
      en: 'A yearly average as the centre gave it; adds up neither over time nor over centres.',
    },
    fedBy: by('OpeningBalanceDeclared'),
    balances: true,
  }),
  flow({
    id: 'general-vocational-pupils',
    label: {
      vi: 'Số học sinh phổ thông học nghề phổ thông, hướng nghiệp',
      en: 'School pupils in general-vocational courses',
    },
    measure: MEASURES.pupils,
    definition: {
      vi: 'Học sinh THCS, THPT học nghề phổ thông tại trung tâm; không tính vào tổng số người được đào tạo, bồi dưỡng.',
      en: 'Pupils of lower and upper secondary schools taught a trade at a centre; not among the people trained.',
    },
    fedBy: ENROLMENT,
    balances: true,
  }),
  level({
    id: 'programmes-offered',
    label: { vi: 'Số chương trình, loại hình đào tạo, bồi dưỡng', en: 'Programmes offered' },
    measure: MEASURES.programmes,
    definition: {
      vi: 'Số chương trình đang tổ chức vào ngày cuối kỳ. Danh sách chưa đầy đủ ("…") làm cho số này là "ít nhất".',
      en: 'Programmes offered on the last day of the period. A list that its source leaves open makes it "at least".',
    },
    fedBy: by('ProgrammeOffered', 'OfferReported'),
    categories: byType,
  }),
  level({
    id: 'fields-of-study',
    label: {
      vi: 'Số ngành, chuyên ngành, nghề đào tạo, bồi dưỡng',
      en: 'Fields, specialities and trades offered',
    },
    measure: MEASURES.fields,
    aggregation: 'none',
    addsOverUnits: false,
    definition: {
      vi: 'Số ngành, nghề do trung tâm báo cáo; các trung tâm có ngành trùng nhau nên không cộng.',
      en: 'As the centre reported it; centres teach the same fields, so it doesn’t add up over them.',
    },
    fedBy: by('OfferReported'),
  }),
  flow({
    id: 'exam-candidates',
    label: { vi: 'Số thí sinh dự thi', en: 'Exam candidates' },
    measure: MEASURES.candidates,
    definition: {
      vi: 'Thí sinh của các kỳ thi lấy chứng chỉ do trung tâm tổ chức.',
      en: 'Candidates of certificate exams held by the centre.',
    },
    fedBy: by('ExamHeld', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  flow({
    id: 'exam-passed',
    label: { vi: 'Số thí sinh đạt', en: 'Candidates who passed' },
    measure: MEASURES.candidates,
    definition: { vi: 'Thí sinh đạt yêu cầu kỳ thi.', en: 'Candidates who passed the exam.' },
    fedBy: by('ExamHeld', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  flow({
    id: 'certificates-issued',
    label: { vi: 'Số chứng chỉ đã cấp', en: 'Certificates issued' },
    measure: MEASURES.certificates,
    definition: {
      vi: 'Chứng chỉ đã cấp sau kỳ thi; không gồm văn bằng, giấy chứng nhận.',
      en: 'Certificates issued after an exam; diplomas and attestations aren’t in it.',
    },
    fedBy: by('CertificatesIssued', 'TotalsReported', 'OpeningBalanceDeclared'),
    balances: true,
    categories: byType,
  }),
  ratio({
    id: 'certification-rate',
    label: { vi: 'Tỷ lệ được cấp chứng chỉ trên số dự thi', en: 'Certificates issued per candidate' },
    definition: {
      vi: 'Số chứng chỉ đã cấp chia cho số thí sinh dự thi.',
      en: 'Certificates issued divided by exam candidates.',
    },
    ratio: { numerator: [plus('certificates-issued')], denominator: [plus('exam-candidates')], byCategory: 'both' },
  }),
  ratio({
    id: 'employment-rate',
    label: { vi: 'Tỷ lệ học viên có việc làm sau đào tạo', en: 'Employment rate after training' },
    definition: {
      vi: 'Số người có việc làm chia cho số người được khảo sát sau khoá học, theo tháng báo cáo; chỉ các khóa có khảo sát.',
      en: 'People in work divided by people asked after a course, by the month of the report; only of courses that asked.',
    },
    ratio: {
      numerator: [plus('employment-employed')],
      denominator: [plus('employment-surveyed')],
      byCategory: 'both',
    },
  }),
  flow({
    id: 'employment-surveyed',
    label: { vi: 'Số người được khảo sát việc làm', en: 'People asked about work after training' },
    measure: MEASURES.people,
    definition: {
      vi: 'Số người được hỏi về việc làm sau khoá học.',
      en: 'People asked, some months after a course, whether they have work.',
    },
    fedBy: by('EmploymentReported'),
    categories: byType,
    supporting: true,
  }),
  flow({
    id: 'employment-employed',
    label: { vi: 'Số người có việc làm sau đào tạo', en: 'People in work after training' },
    measure: MEASURES.people,
    definition: { vi: 'Trong số được hỏi, số người có việc làm.', en: 'Of those asked, people in work.' },
    fedBy: by('EmploymentReported'),
    categories: byType,
    supporting: true,
  }),
];
