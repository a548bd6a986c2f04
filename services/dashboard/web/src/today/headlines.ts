import type { HeadlineOf } from '../ui/headline-questions.js';

export const HEADLINES: readonly HeadlineOf[] = [
  { indicator: 'learners-present', kind: 'level' },
  { indicator: 'literacy-learners', kind: 'flow' },
  { indicator: 'linked-trainees', kind: 'flow' },
  { indicator: 'refresher-trainees', kind: 'flow' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  { indicator: 'centres', kind: 'level' },
  { indicator: 'community-centres', kind: 'level' },
];
