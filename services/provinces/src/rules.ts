import type { FactRule } from '@gdtx/ledger/fact';
import { targetRules } from './targets/targets.js';
import { reorganisationRules } from './territory/reorganisation.js';
import { unitRules } from './territory/units.js';

/** Everything that this service says. */
export const provincesRules: FactRule<never>[] = [...unitRules, ...reorganisationRules, ...targetRules];
