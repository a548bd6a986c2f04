import type { Language } from '../formats/numbers.js';

/** What a screen shows, all of it: what stands in the address, so that a link shows a colleague the same. */
export interface View {
  language: Language;
  /** By whose map: `then`, `today`, or a day. */
  map: string;
  /** `latest`, or the month by whose end it was known. */
  known: string;
  /** Whose figures; undefined: the nation's, or what the reader may see of it. */
  unit: string | undefined;
  indicator: string | undefined;
  /** Months, inclusive. */
  from: string | undefined;
  to: string | undefined;
  /** The month that is opened. */
  month: string | undefined;
  /** The day that is looked at instead of today. */
  at: string | undefined;
  /** The month with whose knowledge a figure is compared. */
  since: string | undefined;
  /** Into what a figure is parted. */
  by: string | undefined;
  /** What a list is narrowed to. */
  status: string | undefined;
  /** Which share is shown, where there are several. */
  share: string | undefined;
  /** What is searched for. */
  q: string | undefined;
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/;
const BY = /^[a-z-]+(,[a-z-]+)?$/;

export const START: View = {
  ...{ language: 'vi', map: 'today', known: 'latest', unit: undefined, indicator: undefined },
  ...{ from: undefined, to: undefined, at: undefined, by: undefined, status: undefined, q: undefined },
  ...{ month: undefined, share: undefined, since: undefined },
};

/** The view that an address asks for; what is no view of ours is left out. */
export function readView(parameters: URLSearchParams): View {
  const where = (name: string, holds: (text: string) => boolean) => {
    const text = parameters.get(name);
    return text !== null && holds(text) ? text : undefined;
  };
  const like = (pattern: RegExp) => (text: string) => pattern.test(text);
  const isMap = (text: string) => text === 'then' || text === 'today' || DAY.test(text);
  return {
    language: parameters.get('lang') === 'en' ? 'en' : 'vi',
    map: where('map', isMap) ?? START.map,
    known: where('known', like(MONTH)) ?? START.known,
    unit: where('unit', like(SLUG)),
    indicator: where('indicator', like(SLUG)),
    from: where('from', like(MONTH)),
    to: where('to', like(MONTH)),
    month: where('month', like(MONTH)),
    at: where('at', like(DAY)),
    since: where('since', like(MONTH)),
    by: where('by', like(BY)),
    status: where('status', like(SLUG)),
    share: where('share', like(SLUG)),
    q: where('q', (text) => text.length > 0 && text.length <= 100),
  };
}

/** The address of a screen that keeps the two switches, the day and whose figures are shown, and what else is said. */
export function addressOf({ language, map, known, at, unit }: View, path: string, part: Partial<View> = {}): string {
  return path + writeView({ language, map, known, at, unit, ...part });
}

/** The query of an address that shows this view, `?map=then`; what is as at the start isn't said. */
export function writeView(view: Partial<View>): string {
  const { language, ...rest } = view;
  const parameters = new URLSearchParams(language === 'en' ? { lang: 'en' } : {});
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== '' && value !== START[name as keyof View]) parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
