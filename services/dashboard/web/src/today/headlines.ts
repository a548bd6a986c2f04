import type { HeadlineOf } from '../ui/headline-questions.js';

export const HEADLINES: readonly HeadlineOf[] = [
  { indicator: 'learners-present', kind: 'level' },
  { indicator: 'literacy-learners', kind: 'flow' },
  { indicator: 'linked-trainees', kind: 'flow' },
  { indicator: 'refresher-trainees', kind: 'flow' },
  { indicator: 'topics-held', kind: 'flow' },
  { indicator: 'attendances', kind: 'flow' },
  // Fewer may be what a reorganisation was for.
  { indicator: 'centres', kind: 'level', better: 'neither' },
  { indicator: 'community-centres', kind: 'level', better: 'neither' },
];
