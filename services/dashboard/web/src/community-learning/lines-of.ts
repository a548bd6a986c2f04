import type { Better } from '../ui/against.js';
import type { ComparedKind } from '../view/compared.js';

/** A line of a table of figures. */
export interface LineOf {
  indicator: string;
  kind: ComparedKind;
  /** Of what overlaps, the category that is meant. */
  category?: string;
  /** Default: more is better. */
  better?: Better;
}

export const MODELS: readonly LineOf[] = [
  'learning-families',
  'learning-clans',
  'learning-organisations',
  'learning-communities',
  'learning-citizens',
].map((indicator) => ({ indicator, kind: 'level' }));

export const LITERACY: readonly LineOf[] = ['level-1', 'level-2'].map((category) => ({
  ...{ indicator: 'literacy-rate', kind: 'level', category },
}));

export const MANAGERS: readonly LineOf[] = [
  { indicator: 'community-managers', kind: 'level', better: 'neither' },
  { indicator: 'concurrent-managers', kind: 'level', better: 'neither' },
  { indicator: 'manager-changes', kind: 'flow', better: 'neither' },
];

export const FACILITIES: readonly LineOf[] = [
  { indicator: 'community-computers', kind: 'level' },
  { indicator: 'community-internet', kind: 'level' },
  { indicator: 'community-centres-shared', kind: 'level' },
  { indicator: 'learning-materials', kind: 'level' },
];

export const MONEY: readonly LineOf[] = [
  { indicator: 'community-budget', kind: 'flow' },
  { indicator: 'contributions', kind: 'flow' },
];
