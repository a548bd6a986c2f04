import type { Indicator } from '../indicator.js';
import { FINDING_KINDS, MEASURES, OUTCOMES } from '../labels.js';
import { flow, level, said } from './entry.js';

const by = (...names: string[]) => said('inspections', ...names);

/** What inspections found and asked for. A recommendation is one, however many it addresses. */
export const inspectionIndicators: readonly Indicator[] = [
  flow({
    id: 'findings',
    label: { vi: 'Số ưu điểm, hạn chế được nêu', en: 'Findings' },
    measure: MEASURES.findings,
    definition: {
      vi: 'Số ưu điểm, hạn chế nêu tại buổi kiểm tra, làm việc, ghi vào tháng của buổi đó và vào đơn vị được nói đến (nhiều đơn vị: địa bàn của buổi kiểm tra).',
      en: 'Strengths and limitations named at a visit, in its month, with the unit that they are about (several: the territory of the visit).',
    },
    fedBy: by('FindingRecorded'),
    categories: { meaning: { vi: 'Loại', en: 'Kind' }, values: FINDING_KINDS },
  }),
  level({
    id: 'recommendations-open',
    label: { vi: 'Số kiến nghị, kết luận chưa thực hiện xong', en: 'Recommendations not yet carried out' },
    measure: MEASURES.recommendations,
    definition: {
      vi: 'Số kiến nghị chưa đóng vào ngày cuối kỳ; mỗi kiến nghị tính một lần dù gửi cho nhiều nơi.',
      en: 'Recommendations not closed on the last day of the period; each counted once, however many it addresses.',
    },
    fedBy: by('RecommendationIssued', 'RecommendationClosed'),
  }),
  level({
    id: 'recommendations-overdue',
    label: { vi: 'Số kiến nghị, kết luận quá hạn', en: 'Recommendations overdue' },
    measure: MEASURES.recommendations,
    definition: {
      vi: 'Trong đó đã quá thời hạn vào ngày cuối kỳ; kiến nghị không có thời hạn không bao giờ quá hạn.',
      en: 'Of these, past their due day on the last day of the period; one without a due day never is.',
    },
    fedBy: by('RecommendationIssued', 'RecommendationClosed'),
  }),
  flow({
    id: 'recommendations-closed',
    label: { vi: 'Số kiến nghị, kết luận đã thực hiện xong', en: 'Recommendations carried out' },
    measure: MEASURES.recommendations,
    definition: {
      vi: 'Số kiến nghị được đóng trong kỳ, theo kết quả; nơi đã có kiến nghị mà chưa đóng cái nào là 0.',
      en: 'Recommendations closed in the period, by outcome; where some were issued and none is closed it is 0.',
    },
    fedBy: by('RecommendationIssued', 'RecommendationClosed'),
    categories: { meaning: { vi: 'Kết quả', en: 'Outcome' }, values: OUTCOMES },
  }),
];
