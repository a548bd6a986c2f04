import type { Indicator, Text } from '../indicator.js';
import { LITERACY_LEVELS, MEASURES, MODEL_STATUSES } from '../labels.js';
import { level, plus, ratio, said } from './entry.js';

const by = (...names: string[]) => said('community-learning', ...names);

function model(id: string, label: Text, measure: Text, definedBy: string): Indicator {
  return level({
    id,
    label,
    measure,
    definedBy,
    definition: {
      vi: 'Số được công nhận theo kết quả của năm gần nhất, ghi vào ngày đếm, muộn nhất 31/12 của năm; tỷ lệ trên tổng số có trong xã. Chỉ cấp xã báo cáo.',
      en: 'Those recognised in the latest year counted, from the day of the count or at the latest its 31 December; their share of all there are. Counted by communes only.',
    },
    fedBy: by('LearningModelsCounted'),
    categories: { meaning: { vi: 'Tình trạng', en: 'Status' }, values: MODEL_STATUSES, total: 'recognised' },
    share: { numerator: [plus(id, 'recognised')], denominator: [plus(id, 'eligible')], byCategory: 'none' },
  });
}

/** The learning society: models recognised in communes, and literacy. */
export const learningSocietyIndicators: readonly Indicator[] = [
  model(
    'learning-families',
    { vi: 'Số, tỷ lệ "Gia đình học tập"', en: 'Learning families' },
    MEASURES.families,
    'Quyết định 387/QĐ-TTg (2022-03-25)',
  ),
  model(
    'learning-clans',
    { vi: 'Số, tỷ lệ "Dòng họ học tập"', en: 'Learning clans' },
    MEASURES.clans,
    'Quyết định 387/QĐ-TTg (2022-03-25)',
  ),
  model(
    'learning-organisations',
    { vi: 'Số, tỷ lệ "Đơn vị học tập"', en: 'Learning organisations' },
    MEASURES.organisations,
    'Quyết định 387/QĐ-TTg (2022-03-25)',
  ),
  model(
    'learning-communities',
    { vi: 'Số, tỷ lệ "Cộng đồng học tập" (thôn, bản, tổ dân phố)', en: 'Learning communities (village)' },
    MEASURES.communities,
    'Quyết định 387/QĐ-TTg (2022-03-25)',
  ),
  model(
    'learning-citizens',
    { vi: 'Số, tỷ lệ "Công dân học tập"', en: 'Learning citizens' },
    MEASURES.citizens,
    'Quyết định 677/QĐ-TTg (2022-06-03)',
  ),
  ratio({
    id: 'literacy-rate',
    label: {
      vi: 'Tỷ lệ người 15–60 tuổi biết chữ mức độ 1, mức độ 2',
      en: 'Literacy rate 15–60 (level 1, 2)',
    },
    definition: {
      vi: 'Số người biết chữ ở mức độ được hỏi chia cho số người từ 15 đến 60 tuổi. Mức độ 2 nằm trong mức độ 1; không nêu mức độ là mức độ 1.',
      en: 'People literate at the level asked for divided by people from 15 to 60. Level 2 is within level 1; without a level it is level 1.',
    },
    categories: { meaning: { vi: 'Mức độ', en: 'Level' }, values: LITERACY_LEVELS, total: 'level-1' },
    ratio: {
      numerator: [plus('literacy-recognised')],
      denominator: [plus('literacy-population')],
      byCategory: 'numerator',
    },
  }),
  level({
    id: 'literacy-recognised',
    label: {
      vi: 'Số người được công nhận biết chữ (mức độ 1, mức độ 2)',
      en: 'People recognised as literate (level 1, level 2)',
    },
    measure: MEASURES.people,
    definition: {
      vi: 'Người từ 15 đến 60 tuổi biết chữ, theo thống kê của năm gần nhất; mức độ 2 nằm trong mức độ 1.',
      en: 'People from 15 to 60 who are literate, as counted for the latest year; level 2 is within level 1.',
    },
    fedBy: by('LiteracyCounted'),
    categories: { meaning: { vi: 'Mức độ', en: 'Level' }, values: LITERACY_LEVELS, total: 'level-1' },
    supporting: true,
  }),
  level({
    id: 'literacy-population',
    label: { vi: 'Số người từ 15 đến 60 tuổi', en: 'People from 15 to 60' },
    measure: MEASURES.people,
    definition: {
      vi: 'Theo thống kê xóa mù chữ của năm gần nhất; chỉ cấp xã báo cáo.',
      en: 'As counted for literacy in the latest year; by communes only.',
    },
    fedBy: by('LiteracyCounted'),
    supporting: true,
  }),
];
