import type { Text } from './indicator.js';

/** Units of measure and names of categories, as officials write them. */

export const MEASURES = {
  learners: { vi: 'học viên', en: 'learners' },
  pupils: { vi: 'học sinh', en: 'pupils' },
  people: { vi: 'người', en: 'people' },
  attendances: { vi: 'lượt người', en: 'attendances' },
  candidates: { vi: 'thí sinh', en: 'candidates' },
  certificates: { vi: 'chứng chỉ', en: 'certificates' },
  classes: { vi: 'lớp', en: 'classes' },
  topics: { vi: 'lớp, chuyên đề', en: 'courses and topics' },
  programmes: { vi: 'chương trình', en: 'programmes' },
  fields: { vi: 'ngành, nghề', en: 'fields and trades' },
  centres: { vi: 'trung tâm', en: 'centres' },
  communes: { vi: 'xã, phường, đặc khu', en: 'communes' },
  departments: { vi: 'phòng, tổ', en: 'offices and teams' },
  campuses: { vi: 'cơ sở', en: 'campuses' },
  partners: { vi: 'đơn vị', en: 'institutions' },
  awards: { vi: 'lần khen thưởng', en: 'awards' },
  changes: { vi: 'lượt', en: 'changes' },
  families: { vi: 'gia đình', en: 'families' },
  clans: { vi: 'dòng họ', en: 'clans' },
  organisations: { vi: 'đơn vị', en: 'organisations' },
  communities: { vi: 'cộng đồng', en: 'communities' },
  citizens: { vi: 'công dân', en: 'citizens' },
  computers: { vi: 'máy vi tính', en: 'computers' },
  materials: { vi: 'đầu tài liệu', en: 'titles' },
  dong: { vi: 'đồng', en: 'VND' },
  findings: { vi: 'ý kiến nhận xét', en: 'findings' },
  recommendations: { vi: 'kiến nghị', en: 'recommendations' },
  percent: { vi: '%', en: '%' },
} satisfies Record<string, Text>;

export const PROGRAMME_TYPES = {
  'upper-secondary': { vi: 'GDTX cấp THPT', en: 'Continuing education, upper secondary' },
  'lower-secondary': { vi: 'GDTX cấp THCS', en: 'Continuing education, lower secondary' },
  literacy: { vi: 'Xóa mù chữ (giai đoạn 1, 2)', en: 'Literacy (phases 1, 2)' },
  'general-vocational': { vi: 'Nghề phổ thông', en: 'General-vocational courses' },
  'elementary-vocational': { vi: 'Sơ cấp', en: 'Elementary vocational' },
  'intermediate-vocational': { vi: 'Trung cấp (liên kết)', en: 'Intermediate vocational (linked)' },
  'short-term': { vi: 'Đào tạo thường xuyên dưới 3 tháng', en: 'Courses of less than 3 months' },
  'linked-degree': { vi: 'Liên kết đào tạo cấp bằng', en: 'Linked degree courses' },
  refresher: { vi: 'Bồi dưỡng', en: 'Refresher training' },
  'it-certificate': { vi: 'Chứng chỉ tin học (ứng dụng CNTT)', en: 'IT certificate' },
  'language-certificate': { vi: 'Chứng chỉ ngoại ngữ', en: 'Language certificate' },
  'ethnic-language': { vi: 'Tiếng dân tộc thiểu số', en: 'Languages of ethnic minorities' },
  'knowledge-update': {
    vi: 'Cập nhật kiến thức, kỹ năng, chuyển giao công nghệ',
    en: 'Updating knowledge and skills, technology transfer',
  },
  'life-skills': { vi: 'Giáo dục kỹ năng sống', en: 'Life skills' },
  unknown: { vi: 'Chưa rõ loại chương trình', en: 'Programme type not known' },
} satisfies Record<string, Text>;

export const LEAVING_REASONS = {
  'dropped-out': { vi: 'Bỏ học', en: 'Dropped out' },
  transferred: { vi: 'Chuyển trường, chuyển cơ sở', en: 'Transferred' },
  withdrew: { vi: 'Thôi học (việc làm, gia đình, sức khỏe)', en: 'Withdrew (work, family, health)' },
  deferred: { vi: 'Bảo lưu', en: 'Deferred' },
  other: { vi: 'Khác', en: 'Other' },
  '': { vi: 'Không nêu lý do', en: 'No reason given' },
} satisfies Record<string, Text>;

export const AWARD_KINDS = {
  'labour-medal': { vi: 'Huân chương Lao động', en: 'Labour medal' },
  'emulation-flag': { vi: 'Cờ thi đua', en: 'Emulation flag' },
  'certificate-of-merit': { vi: 'Bằng khen', en: 'Certificate of merit' },
  commendation: { vi: 'Giấy khen', en: 'Commendation' },
  title: { vi: 'Danh hiệu thi đua', en: 'Title' },
  other: { vi: 'Khác', en: 'Other' },
} satisfies Record<string, Text>;

export const CENTRE_RATINGS = {
  excellent: { vi: 'Hoàn thành xuất sắc nhiệm vụ', en: 'Excellent' },
  good: { vi: 'Hoàn thành tốt nhiệm vụ', en: 'Good' },
  completed: { vi: 'Hoàn thành nhiệm vụ', en: 'Completed' },
  'not-completed': { vi: 'Không hoàn thành nhiệm vụ', en: 'Not completed' },
} satisfies Record<string, Text>;

export const COMMUNE_RATINGS = {
  good: { vi: 'Tốt', en: 'Good' },
  fair: { vi: 'Khá', en: 'Fair' },
  average: { vi: 'Trung bình', en: 'Average' },
} satisfies Record<string, Text>;

export const COMMUNITY_CENTRE_RATINGS = {
  ...COMMUNE_RATINGS,
  weak: { vi: 'Yếu', en: 'Weak' },
} satisfies Record<string, Text>;

export const PARTNER_KINDS = {
  training: { vi: 'Cơ sở liên kết đào tạo', en: 'Training institutions' },
  enterprise: { vi: 'Doanh nghiệp', en: 'Enterprises' },
} satisfies Record<string, Text>;

export const STAFF_GROUPS = {
  '': { vi: 'Tổng số', en: 'Total' },
  managers: { vi: 'Cán bộ quản lý', en: 'Managers' },
  teachers: { vi: 'Giáo viên', en: 'Teachers' },
  others: { vi: 'Nhân viên', en: 'Others' },
  permanent: { vi: 'Cơ hữu (biên chế)', en: 'Permanent' },
  contract: { vi: 'Hợp đồng', en: 'On contract' },
  seconded: { vi: 'Biệt phái', en: 'Seconded' },
  visiting: { vi: 'Thỉnh giảng', en: 'Visiting' },
} satisfies Record<string, Text>;

export const CENTRE_KINDS = {
  gdtx: { vi: 'Trung tâm GDTX', en: 'Continuing-education centres' },
  'gdnn-gdtx': { vi: 'Trung tâm GDNN-GDTX', en: 'Vocational and continuing-education centres' },
  kthn: { vi: 'Trung tâm kỹ thuật tổng hợp - hướng nghiệp', en: 'Polytechnic and career-guidance centres' },
  boiduong: { vi: 'Trung tâm bồi dưỡng', en: 'Training centres' },
  taichuc: { vi: 'Trung tâm đào tạo - bồi dưỡng tại chức', en: 'In-service training centres' },
  'trung-hoc-nghe': { vi: 'Trường trung học nghề', en: 'Vocational upper-secondary schools' },
  other: { vi: 'Khác', en: 'Other' },
} satisfies Record<string, Text>;

export const MODEL_STATUSES = {
  eligible: { vi: 'Tổng số', en: 'All there are' },
  registered: { vi: 'Đăng ký', en: 'Registered' },
  recognised: { vi: 'Được công nhận', en: 'Recognised' },
} satisfies Record<string, Text>;

export const LITERACY_LEVELS = {
  'level-1': { vi: 'Mức độ 1', en: 'Level 1' },
  'level-2': { vi: 'Mức độ 2', en: 'Level 2' },
} satisfies Record<string, Text>;

export const CONTRIBUTION_KINDS = {
  money: { vi: 'Bằng tiền', en: 'In money' },
  'in-kind': { vi: 'Bằng hiện vật (quy ra tiền)', en: 'In kind (estimated worth)' },
} satisfies Record<string, Text>;

export const BUDGET_LEVELS = {
  state: { vi: 'Ngân sách trung ương', en: 'State budget' },
  province: { vi: 'Ngân sách tỉnh', en: 'Province’s budget' },
  district: { vi: 'Ngân sách huyện (đến 30/6/2025)', en: 'District’s budget (to 2025-06-30)' },
  commune: { vi: 'Ngân sách xã', en: 'Commune’s budget' },
} satisfies Record<string, Text>;

export const FINDING_KINDS = {
  strength: { vi: 'Ưu điểm, kết quả đạt được', en: 'Strengths' },
  limitation: { vi: 'Tồn tại, hạn chế', en: 'Limitations' },
} satisfies Record<string, Text>;

export const OUTCOMES = {
  done: { vi: 'Đã thực hiện', en: 'Carried out' },
  lapsed: { vi: 'Không còn hiệu lực', en: 'Lapsed' },
} satisfies Record<string, Text>;

export const PROGRAMME_TYPE_MEANING: Text = { vi: 'Loại chương trình', en: 'Programme type' };
