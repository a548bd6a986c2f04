/** Which indicators count people who enrol in a class of a programme type, besides `learners-enrolled`. */
const COUNTED_IN: Readonly<Record<string, readonly string[]>> = {
  refresher: ['refresher-trainees', 'trainees'],
  'linked-degree': ['linked-trainees', 'trainees'],
  'intermediate-vocational': ['linked-trainees', 'trainees'],
  'elementary-vocational': ['trainees'],
  'short-term': ['trainees'],
  'general-vocational': ['general-vocational-pupils'],
  literacy: ['literacy-learners'],
};

const NONE: readonly string[] = [];

export function countedIn(programmeType: string): readonly string[] {
  return COUNTED_IN[programmeType] ?? NONE;
}

/** `trainees` is split by programme type; the others are of one type, their categories are an opening balance's. */
export function categoryIn(indicator: string, programmeType: string): string {
  return indicator === 'trainees' ? programmeType : '';
}
