/** What a centre teaches, in the field's own terms; the order is that of the ministry's forms. */
export const PROGRAMME_TYPES = [
  'upper-secondary',
  'lower-secondary',
  'literacy',
  'general-vocational',
  'elementary-vocational',
  'intermediate-vocational',
  'short-term',
  'linked-degree',
  'refresher',
  'it-certificate',
  'language-certificate',
  'ethnic-language',
  'knowledge-update',
  'life-skills',
] as const;
export type ProgrammeType = (typeof PROGRAMME_TYPES)[number];

/** In-service (vừa làm vừa học), distance (từ xa), full-time (tập trung), guided self-study (tự học có hướng dẫn). */
export const FORMS = ['in-service', 'distance', 'full-time', 'guided-self-study'] as const;

/** Sơ cấp, trung cấp, cao đẳng, đại học, thạc sĩ. */
export const LEVELS = ['elementary', 'intermediate', 'college', 'university', 'master'] as const;

/** Whose learners the ministry counts as people trained (đào tạo, bồi dưỡng), and not as pupils of a school level. */
const TRAINING: readonly string[] = [
  'elementary-vocational',
  'intermediate-vocational',
  'short-term',
  'linked-degree',
  'refresher',
] satisfies ProgrammeType[];

/** The measures that people who enrol in a class of this type are counted in. */
export function measuresOfEnrolment(type: string): string[] {
  return TRAINING.includes(type) ? ['learners-enrolled', 'trainees'] : ['learners-enrolled'];
}

export const TYPE_NAMES: Readonly<Record<ProgrammeType, { vi: string; en: string }>> = {
  'upper-secondary': { vi: 'GDTX cấp THPT', en: 'Continuing education, upper secondary' },
  'lower-secondary': { vi: 'GDTX cấp THCS', en: 'Continuing education, lower secondary' },
  literacy: { vi: 'Xóa mù chữ', en: 'Literacy' },
  'general-vocational': { vi: 'Nghề phổ thông', en: 'General-vocational courses of school pupils' },
  'elementary-vocational': { vi: 'Sơ cấp', en: 'Elementary vocational training' },
  'intermediate-vocational': { vi: 'Trung cấp (liên kết)', en: 'Intermediate vocational training (linked)' },
  'short-term': { vi: 'Đào tạo thường xuyên dưới 3 tháng', en: 'Training of less than 3 months' },
  'linked-degree': { vi: 'Liên kết đào tạo cấp bằng', en: 'Linked degree courses' },
  refresher: { vi: 'Bồi dưỡng', en: 'Refresher training' },
  'it-certificate': { vi: 'Chứng chỉ tin học (ứng dụng CNTT)', en: 'IT certificate' },
  'language-certificate': { vi: 'Chứng chỉ ngoại ngữ', en: 'Language certificate' },
  'ethnic-language': { vi: 'Tiếng dân tộc thiểu số', en: 'Languages of ethnic minorities' },
  'knowledge-update': {
    vi: 'Cập nhật kiến thức, kỹ năng, chuyển giao công nghệ',
    en: 'Updating of knowledge and skills',
  },
  'life-skills': { vi: 'Giáo dục kỹ năng sống', en: 'Life skills' },
};
