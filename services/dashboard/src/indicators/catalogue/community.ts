import type { Indicator } from '../indicator.js';
import { BUDGET_LEVELS, COMMUNE_RATINGS, COMMUNITY_CENTRE_RATINGS, CONTRIBUTION_KINDS, MEASURES } from '../labels.js';
import { counted, flow, level, plus, ratio, said } from './entry.js';

const by = (...names: string[]) => said('community-learning', ...names);

/** Community learning centres: how many, what they hold, with whom and with what. */
export const communityIndicators: readonly Indicator[] = [
  counted({
    id: 'community-centres',
    label: { vi: 'Số trung tâm học tập cộng đồng (TTHTCĐ)', en: 'Community learning centres' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Số TTHTCĐ đang tồn tại vào ngày cuối kỳ theo danh mục đơn vị.',
      en: 'Community learning centres alive in the registry on the last day of the period.',
    },
  }),
  ratio({
    id: 'community-coverage',
    label: { vi: 'Tỷ lệ xã, phường, đặc khu có TTHTCĐ', en: 'Share of communes with a community learning centre' },
    definition: {
      vi: 'Số xã, phường, đặc khu có ít nhất một TTHTCĐ chia cho số xã, phường, đặc khu vào ngày cuối kỳ; không phải số TTHTCĐ chia cho số xã.',
      en: 'Communes with at least one community learning centre divided by communes on the last day of the period; not centres per commune.',
    },
    ratio: { numerator: [plus('communes-covered')], denominator: [plus('communes')], byCategory: 'none' },
  }),
  counted({
    id: 'communes-covered',
    label: { vi: 'Số xã, phường, đặc khu có TTHTCĐ', en: 'Communes with a community learning centre' },
    measure: MEASURES.communes,
    aggregation: 'distinct',
    addsOverUnits: false,
    definition: {
      vi: 'Số xã có ít nhất một TTHTCĐ, mỗi xã tính một lần, theo bản đồ được hỏi.',
      en: 'Communes with at least one, each counted once, by the map asked for.',
    },
    supporting: true,
  }),
  counted({
    id: 'communes',
    label: { vi: 'Số xã, phường, đặc khu', en: 'Communes' },
    measure: MEASURES.communes,
    aggregation: 'distinct',
    addsOverUnits: false,
    definition: {
      vi: 'Số xã, phường, thị trấn, đặc khu tồn tại trong ngày của bản đồ được hỏi.',
      en: 'Communes, wards, townships and special zones alive on the day of the map asked for.',
    },
    supporting: true,
  }),
  flow({
    id: 'topics-held',
    label: { vi: 'Số lớp, chuyên đề đã tổ chức', en: 'Courses and topics held' },
    measure: MEASURES.topics,
    definition: {
      vi: 'Số lớp, chuyên đề, tính một lần tại nơi tổ chức dù có nhiều buổi, dù ai chủ trì; theo tháng của buổi đầu.',
      en: 'Courses and topics, counted once with their host however many meetings they had and whoever ran them; in the month of the first meeting.',
    },
    fedBy: by('TopicHeld'),
    categories: { meaning: { vi: 'Lĩnh vực, như báo cáo', en: 'Area, as reported' } },
  }),
  flow({
    id: 'attendances',
    label: { vi: 'Số lượt người tham gia học tập', en: 'Attendances' },
    measure: MEASURES.attendances,
    definition: {
      vi: 'Lượt người tham gia lớp, chuyên đề tại TTHTCĐ và các lớp ngắn hạn của trung tâm; một người có thể là nhiều lượt, không phải học viên.',
      en: 'Attendances of topics at community centres and of short courses of centres; one person may attend often, and these are no learners.',
    },
    fedBy: [...by('TopicHeld'), ...said('programmes', 'TotalsReported', 'OpeningBalanceDeclared')],
    balances: true,
    categories: {
      meaning: {
        vi: 'TTHTCĐ: lĩnh vực; trung tâm: loại chương trình',
        en: 'Community centres: area; centres: programme type',
      },
    },
  }),
  ratio({
    id: 'topics-per-plan',
    label: { vi: 'Tỷ lệ thực hiện kế hoạch hoạt động năm', en: 'Plan fulfilment' },
    definition: {
      vi: 'Số lớp, chuyên đề đã tổ chức chia cho số đã lên kế hoạch của năm; đọc theo năm dương lịch.',
      en: 'Courses and topics held divided by those planned for the year; read by calendar year.',
    },
    ratio: { numerator: [plus('topics-held')], denominator: [plus('topics-planned')], byCategory: 'none' },
  }),
  flow({
    id: 'topics-planned',
    label: { vi: 'Số lớp, chuyên đề theo kế hoạch năm', en: 'Courses and topics planned' },
    measure: MEASURES.topics,
    definition: {
      vi: 'Số lớp, chuyên đề trong kế hoạch năm, ghi vào tháng 1 của năm.',
      en: 'Courses and topics in the plan of a calendar year, placed in its January.',
    },
    fedBy: by('PlanAdopted'),
    supporting: true,
  }),
  flow({
    id: 'needs-surveyed',
    label: { vi: 'Số người được khảo sát nhu cầu học tập', en: 'People asked about learning needs' },
    measure: MEASURES.people,
    definition: { vi: 'Số người, không phải số cuộc khảo sát.', en: 'People, not surveys.' },
    fedBy: by('NeedsSurveyed'),
  }),
  flow({
    id: 'manager-changes',
    label: {
      vi: 'Số lượt thay đổi, kiện toàn cán bộ quản lý TTHTCĐ',
      en: 'Changes of community-centre management',
    },
    measure: MEASURES.changes,
    definition: {
      vi: 'Số lượt thay đổi giám đốc, phó giám đốc TTHTCĐ trong kỳ.',
      en: 'How often a director or deputy director of a community centre changed in the period.',
    },
    fedBy: by('ManagerChanged'),
    categories: {
      meaning: { vi: 'Chức vụ', en: 'Post' },
      values: {
        director: { vi: 'Giám đốc', en: 'Director' },
        'deputy-director': { vi: 'Phó giám đốc', en: 'Deputy director' },
      },
    },
  }),
  level({
    id: 'concurrent-managers',
    label: {
      vi: 'Số, tỷ lệ cán bộ quản lý TTHTCĐ kiêm nhiệm',
      en: 'Managers serving beside another post',
    },
    measure: MEASURES.people,
    definition: {
      vi: 'Số cán bộ quản lý TTHTCĐ kiêm nhiệm theo báo cáo gần nhất; tỷ lệ trên tổng số cán bộ quản lý.',
      en: 'Managers of community centres who serve beside another post, as last reported; their share of all managers.',
    },
    fedBy: by('ManagementReported'),
    share: {
      numerator: [plus('concurrent-managers')],
      denominator: [plus('community-managers')],
      byCategory: 'none',
    },
  }),
  level({
    id: 'community-managers',
    label: { vi: 'Số cán bộ quản lý TTHTCĐ', en: 'Managers of community centres' },
    measure: MEASURES.people,
    definition: { vi: 'Tổng số theo báo cáo gần nhất.', en: 'All of them as last reported.' },
    fedBy: by('ManagementReported'),
    supporting: true,
  }),
  level({
    id: 'community-ratings',
    label: { vi: 'Số TTHTCĐ theo xếp loại (tốt, khá, trung bình, yếu)', en: 'Community centres by rating' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Xếp loại của năm có hiệu lực từ 31/12 năm đó cho đến xếp loại của năm sau.',
      en: 'The rating of a year holds from its 31 December until a later year’s.',
    },
    fedBy: by('CommunityCentreRated'),
    categories: { meaning: { vi: 'Xếp loại', en: 'Rating' }, values: COMMUNITY_CENTRE_RATINGS },
  }),
  level({
    id: 'learning-communes',
    label: {
      vi: 'Số xã được công nhận "Cộng đồng học tập cấp xã" theo mức',
      en: 'Communes rated as learning communities',
    },
    measure: MEASURES.communes,
    definition: {
      vi: 'Mức công nhận của năm có hiệu lực từ 31/12 năm đó cho đến mức của năm sau.',
      en: 'The level recognised for a year holds from its 31 December until a later year’s.',
    },
    definedBy: 'Thông tư 44/2014/TT-BGDĐT',
    fedBy: by('CommuneRated'),
    categories: { meaning: { vi: 'Mức', en: 'Level' }, values: COMMUNE_RATINGS },
  }),
  level({
    id: 'community-computers',
    label: { vi: 'Số máy vi tính tại TTHTCĐ', en: 'Computers at community learning centres' },
    measure: MEASURES.computers,
    definition: { vi: 'Theo báo cáo cơ sở vật chất gần nhất.', en: 'As last reported.' },
    fedBy: by('FacilitiesReported'),
  }),
  level({
    id: 'community-internet',
    label: { vi: 'Số TTHTCĐ có kết nối Internet, ứng dụng CNTT', en: 'Community centres online' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Số TTHTCĐ có Internet theo báo cáo gần nhất có nêu; tỷ lệ trên tổng số TTHTCĐ.',
      en: 'Community centres with Internet, by the last report that says so; their share of all.',
    },
    definedBy: 'Quyết định 1373/QĐ-TTg (2021-07-30)',
    fedBy: by('FacilitiesReported'),
    share: { numerator: [plus('community-internet')], denominator: [plus('community-centres')], byCategory: 'none' },
  }),
  level({
    id: 'community-centres-shared',
    label: { vi: 'Số TTHTCĐ kết hợp nhà văn hóa, thể thao', en: 'Community centres joined with a house of culture' },
    measure: MEASURES.centres,
    definition: {
      vi: 'Số TTHTCĐ dùng chung cơ sở với nhà văn hóa, khu thể thao, trường học hoặc nơi khác theo báo cáo gần nhất có nêu.',
      en: 'Community centres that share premises with a house of culture, sports ground, school or other, by the last report that says so.',
    },
    fedBy: by('FacilitiesReported'),
    share: {
      numerator: [plus('community-centres-shared')],
      denominator: [plus('community-centres')],
      byCategory: 'none',
    },
  }),
  level({
    id: 'learning-materials',
    label: { vi: 'Số tài liệu học tập tại TTHTCĐ', en: 'Learning materials at community centres' },
    measure: MEASURES.materials,
    definition: { vi: 'Theo báo cáo gần nhất có nêu.', en: 'By the last report that says so.' },
    fedBy: by('FacilitiesReported'),
  }),
  flow({
    id: 'community-budget',
    label: { vi: 'Kinh phí nhà nước cấp cho TTHTCĐ', en: 'State budget for community centres' },
    measure: MEASURES.dong,
    definition: {
      vi: 'Kinh phí nhận từ ngân sách nhà nước trong kỳ, theo cấp ngân sách; không gồm xã hội hóa.',
      en: 'Money received from state budgets in the period, by level; contributions aren’t in it.',
    },
    fedBy: by('BudgetReceived'),
    categories: { meaning: { vi: 'Cấp ngân sách', en: 'Level of the budget' }, values: BUDGET_LEVELS },
  }),
  flow({
    id: 'contributions',
    label: { vi: 'Kinh phí, hiện vật huy động xã hội hóa', en: 'Contributions raised (xã hội hóa)' },
    measure: MEASURES.dong,
    definition: {
      vi: 'Tiền và giá trị ước tính của hiện vật nhận trong kỳ; hiện vật không ước giá làm cho số này là "ít nhất".',
      en: 'Money, and the estimated worth of things, received in the period; things without an estimate make it "at least".',
    },
    fedBy: by('ContributionReceived'),
    categories: { meaning: { vi: 'Hình thức', en: 'Form' }, values: CONTRIBUTION_KINDS },
  }),
];
