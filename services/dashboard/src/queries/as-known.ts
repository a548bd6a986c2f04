import { endOfMonth, monthAt } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { LATEST } from '../columns/known.js';
import type { Sources } from './evaluate.js';
import type { FigureQuery } from './figure-query.js';

/** What a figure is made from, as it was known when it is asked for. */
export interface AsKnown extends Omit<Sources, 'registry' | 'told'> {
  /** By what facts are placed. */
  lineage: Registry;
  /** Which units there were. */
  told: Registry;
}

/**
 * `known` bounds facts, those of the registry too, and the lineage of `then` and of a day; `today` uses the newest lineage.
 */
export function asKnown({ known, map }: Pick<FigureQuery, 'known' | 'map'>, sources: Sources): AsKnown {
  const { model, registry, ready } = sources;
  const told = sources.told ?? registry;
  const common = { model, ...(ready ? { ready } : {}) };
  if (known === LATEST) return { ...common, lineage: registry, told };
  const then = told.knownAt(endOfMonth(monthAt(known)));
  return { ...common, lineage: map === 'today' ? registry : then, told: then };
}
