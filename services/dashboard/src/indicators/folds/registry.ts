/**
 * Facts that a fold has nothing to do with: the registry of units holds them, or the owner shows them itself (contact,
 * support). They are known, and advance a ledger.
 */
const NAMES = {
  provinces: ['UnitEstablished', 'UnitRenamed', 'UnitMoved', 'UnitsReorganised', 'UnitAbolished'],
  centres: [
    'CentreEstablished',
    'CentreRenamed',
    'CentreKindChanged',
    'AuthorityChanged',
    'CentreMoved',
    'CentresReorganised',
    'OperationSuspended',
    'OperationResumed',
    'CentreDissolved',
    'ContactReported',
    'SupportAssigned',
  ],
  'community-learning': [
    'CommunityCentreEstablished',
    'CommunityCentreRenamed',
    'CommunityCentreMoved',
    'CommunityCentresReorganised',
    'CommunityCentreSuspended',
    'CommunityCentreResumed',
    'CommunityCentreDissolved',
  ],
} as const;

export const NO_FOLD: readonly string[] = Object.entries(NAMES).flatMap(([service, names]) =>
  names.map((name) => `vn.gdtx.${service}.${name}.v1`),
);
