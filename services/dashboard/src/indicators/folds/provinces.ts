import { TargetSet } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import { factFold, type FactFold } from './fold.js';
import { plainObject } from '@gdtx/contracts/plain';

/** What `provinces` says besides its registry facts: targets, which stand beside figures. Said again, the later one holds. */
export const provincesFolds: readonly FactFold[] = [
  factFold('provinces', 'TargetSet', TargetSet, (data) => [
    {
      kind: 'record',
      collection: 'targets',
      id: `${data.unit}/${data.indicator}/${data.category}/${data.year}`,
      set: { ...plainObject(data), category: data.category },
    },
  ]),
];
