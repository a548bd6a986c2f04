import type { Indicator } from '../indicator.js';
import { AWARD_KINDS, CENTRE_KINDS, CENTRE_RATINGS, MEASURES, PARTNER_KINDS, STAFF_GROUPS } from '../labels.js';
import { counted, flow, level, said } from './entry.js';

const by = (...names: string[]) => said('centres', ...names);

/** What the centres are: their number, people, premises, partners and what others said of them. */
export const centreIndicators: readonly Indicator[] = [
  counted({
    id: 'centres',
    label: { vi: 'Số trung tâm GDTX, GDNN-GDTX', en: 'Continuing-education centres' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Số trung tâm đang tồn tại vào ngày cuối kỳ theo danh mục đơn vị, theo loại hình trong ngày đó.',
      en: 'Centres alive in the registry on the last day of the period, by their kind on that day.',
    },
    categories: { meaning: { vi: 'Loại hình', en: 'Kind' }, values: CENTRE_KINDS },
  }),
  level({
    id: 'departments',
    label: { vi: 'Số phòng, tổ', en: 'Offices and teams' },
    measure: MEASURES.departments,
    definition: {
      vi: 'Số phòng, tổ chức năng và chuyên môn theo báo cáo gần nhất; không gồm Ban Giám đốc.',
      en: 'Offices and teams as last reported; the board of directors is none.',
    },
    fedBy: by('DepartmentsReported'),
  }),
  level({
    id: 'campuses',
    label: { vi: 'Số cơ sở (điểm học)', en: 'Campuses' },
    measure: MEASURES.campuses,
    definition: {
      vi: 'Số cơ sở theo báo cáo gần nhất, tính cho trung tâm, không theo nơi đặt cơ sở.',
      en: 'Campuses as last reported, counted with the centre and not where each campus lies.',
    },
    fedBy: by('CampusesReported'),
  }),
  level({
    id: 'staff',
    label: { vi: 'Số cán bộ quản lý, giáo viên, nhân viên', en: 'Staff: managers, teachers, others' },
    measure: MEASURES.people,
    definition: {
      vi: 'Tổng số theo báo cáo gần nhất; các nhóm (vị trí, hình thức tuyển dụng) chồng lên nhau và chỉ có khi được báo cáo.',
      en: 'The total as last reported; the groups (by post, by terms of service) overlap and are there only where they were reported.',
    },
    fedBy: by('StaffingReported'),
    categories: { meaning: { vi: 'Nhóm', en: 'Group' }, values: STAFF_GROUPS, total: '' },
  }),
  level({
    id: 'teachers',
    label: { vi: 'Số giáo viên', en: 'Teachers' },
    measure: MEASURES.people,
    definition: {
      vi: 'Số giáo viên theo báo cáo gần nhất.',
      en: 'Teachers as last reported.',
    },
    fedBy: by('StaffingReported'),
    share: {
      numerator: [{ indicator: 'teachers-qualified', sign: 1 }],
      denominator: [{ indicator: 'teachers', sign: 1 }],
      byCategory: 'none',
    },
  }),
  level({
    id: 'teachers-qualified',
    label: { vi: 'Số giáo viên đạt chuẩn trình độ', en: 'Qualified teachers' },
    measure: MEASURES.people,
    definition: { vi: 'Trong đó đạt chuẩn trình độ.', en: 'Of the teachers, those with the standard qualification.' },
    fedBy: by('StaffingReported'),
    supporting: true,
  }),
  level({
    id: 'partners',
    label: { vi: 'Số đơn vị liên kết, phối hợp', en: 'Partner institutions' },
    measure: MEASURES.partners,
    definition: {
      vi: 'Số cơ sở liên kết đào tạo và doanh nghiệp theo báo cáo gần nhất của mỗi loại.',
      en: 'Training institutions and enterprises, each as last reported.',
    },
    fedBy: by('PartnershipsReported'),
    categories: { meaning: { vi: 'Loại đơn vị', en: 'Kind of partner' }, values: PARTNER_KINDS },
  }),
  flow({
    id: 'awards',
    label: { vi: 'Số danh hiệu thi đua, hình thức khen thưởng', en: 'Titles and awards received' },
    measure: MEASURES.awards,
    definition: {
      vi: 'Số lần được khen thưởng trong kỳ, kể cả của các đơn vị tiền thân khi văn bản ghi như vậy; "nhiều năm" là ít nhất 2.',
      en: 'How many times awards were received, including those of predecessors where the text says so; "many years" is at least 2.',
    },
    fedBy: by('AwardReceived'),
    categories: { meaning: { vi: 'Hình thức', en: 'Kind' }, values: AWARD_KINDS },
  }),
  level({
    id: 'centres-by-rating',
    label: { vi: 'Số trung tâm theo mức hoàn thành nhiệm vụ', en: 'Centres by yearly rating' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Mức xếp loại của năm có hiệu lực từ 31/12 năm đó cho đến mức xếp loại của năm sau; do cơ quan quản lý xếp.',
      en: 'The rating of a year holds from its 31 December until a later year’s; given by the authority.',
    },
    fedBy: by('RatingGiven'),
    categories: { meaning: { vi: 'Mức xếp loại', en: 'Rating' }, values: CENTRE_RATINGS },
  }),
  level({
    id: 'accredited-centres',
    label: { vi: 'Số trung tâm đạt kiểm định chất lượng giáo dục', en: 'Accredited centres' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Số trung tâm có công nhận kiểm định còn hiệu lực vào ngày cuối kỳ, theo mức độ; trung tâm chỉ mới đặt mục tiêu là 0.',
      en: 'Centres whose accreditation is valid on the last day of the period, by level; a centre that only has a target counts 0.',
    },
    fedBy: by('AccreditationAwarded', 'AccreditationTargetSet'),
    categories: { meaning: { vi: 'Mức độ (cấp độ) kiểm định', en: 'Level of accreditation' } },
  }),
];
