import type { Entry } from './types.js';

/** What an answer is about: the first part of its key, and what decides which entries may have changed it. */
export type About = 'figures' | 'follow-up' | 'units' | 'reporting' | 'compared';

/** What the live line has told of. */
export interface Heard {
  indicators: ReadonlySet<string>;
  services: ReadonlySet<string>;
  /** That the registry has changed: where every unit lies, and who lives. */
  registry: boolean;
}

export const NOTHING_HEARD: Heard = { indicators: new Set(), services: new Set(), registry: false };
export const REGISTRY_HEARD: Heard = { ...NOTHING_HEARD, registry: true };

export const heardOf = ({ service }: Entry, indicators: readonly string[]): Heard => ({
  indicators: new Set(indicators),
  services: new Set([service]),
  registry: false,
});

export const heardBoth = (one: Heard, other: Heard): Heard => ({
  indicators: new Set([...one.indicators, ...other.indicators]),
  services: new Set([...one.services, ...other.services]),
  registry: one.registry || other.registry,
});

/** What an owner shows of one unit, where entries of other ledgers count too: who rates a centre says so in its own. */
const PAGES_OF = [
  { page: '/v1/centres/', service: 'centres' },
  { page: '/v1/community-centres/', service: 'community-learning' },
];
const REGISTRY_SERVICES = new Set(['provinces', 'centres', 'community-learning']);

/** Whether an entry says who lives, where, and what became of whom; such facts are all in the ledgers of the country. */
export const isOfRegistry = ({ service, unit }: Entry): boolean => unit === 'vn' && REGISTRY_SERVICES.has(service);

/** Whether the answer with this key may be another one after what was heard. */
export function isConcerned([about, path, indicator]: readonly unknown[], heard: Heard): boolean {
  if (heard.registry) return true;
  switch (about as About) {
    case 'figures':
      return heard.indicators.has(indicator as string);
    case 'follow-up':
      return heard.services.has('inspections');
    case 'units':
      return PAGES_OF.some(({ page, service }) => String(path).startsWith(page) && heard.services.has(service));
    case 'reporting':
    case 'compared':
      return true;
  }
}
