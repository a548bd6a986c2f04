/** Words of community learning. */
const vi = {
  community: {
    title: 'Trung tâm học tập cộng đồng',
    byPlace: 'Từng nơi · {{by}}',
    rankedBy: 'Xếp theo: {{indicator}}',
    rankBy: 'Xếp theo',
    models: 'Năm mô hình học tập',
    modelsLead: 'Số được công nhận, tỷ lệ trên tổng số, so với năm trước và chỉ tiêu',
    literacy: 'Biết chữ',
    literacyLead: 'Người từ 15 đến 60 tuổi',
    managers: 'Cán bộ quản lý TTHTCĐ',
    facilities: 'Cơ sở vật chất',
    money: 'Kinh phí',
    ratings: 'Xếp loại TTHTCĐ',
    communes: 'Cộng đồng học tập cấp xã',
    areas: 'Lớp, chuyên đề theo lĩnh vực',
  },
};

const en: typeof vi = {
  community: {
    title: 'Community learning',
    byPlace: 'Place by place · {{by}}',
    rankedBy: 'Ranked by: {{indicator}}',
    rankBy: 'Ranked by',
    models: 'The five learning models',
    modelsLead: 'How many are recognised, their share of all, against last year and target',
    literacy: 'Literacy',
    literacyLead: 'People from 15 to 60',
    managers: 'Managers of community centres',
    facilities: 'Facilities',
    money: 'Money',
    ratings: 'Community centres by rating',
    communes: 'Communes as learning communities',
    areas: 'Courses and topics by area',
  },
};

export const communityWords = { vi, en };
