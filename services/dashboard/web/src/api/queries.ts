import {
  notifyManager,
  QueryClient,
  useInfiniteQuery,
  useQueries,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { ApiProblem, address, getJson } from './client.js';
import type { About } from './concerned.js';
import { getFigure } from './figures.js';
import type { Figure, Indicator, Reporting, Session, UnitSummary } from './types.js';

let told: (() => void)[] = [];

/** What comes by one call is shown by one drawing: each answer told by itself would have the screen drawn once for each. */
notifyManager.setScheduler((tell) => {
  told.push(tell);
  if (told.length > 1) return;
  setTimeout(() => {
    const all = told;
    told = [];
    for (const each of all) each();
  }, 0);
});

/** Answers are kept until the live line says that they changed; what failed for a moment is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 3 && isPassing(error),
      retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
    },
  },
});

/** No line, too many calls, or a service that is starting: worth another try. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && [0, 429, 503, 504].includes(error.status);
}

export const SESSION_KEY = ['session'];

queryClient.getQueryCache().subscribe(({ type, query }) => {
  // The session has ended: the frame asks who is there, and shows the sign-in.
  const error = type === 'updated' ? (query.state.error as unknown) : undefined;
  const isOurs = query.queryKey[0] === 'session';
  if (!isOurs && error instanceof ApiProblem && error.status === 401) {
    void queryClient.invalidateQueries({ queryKey: SESSION_KEY });
  }
});

const SESSION = {
  queryKey: SESSION_KEY,
  queryFn: ({ signal }: { signal: AbortSignal }) => getJson<Session>('/session', signal),
  staleTime: Infinity,
};

export const useSession = (): UseQueryResult<Session> => useQuery(SESSION);

/** Asks who is there; undefined where that can't be had, which is shown where it is needed. */
export async function askForSession(): Promise<Session | undefined> {
  await queryClient.prefetchQuery(SESSION);
  return queryClient.getQueryData(SESSION_KEY);
}

export interface FigureQuestion {
  indicator: string;
  unit?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  on?: string | undefined;
  by?: string | undefined;
  map?: string | undefined;
  known?: string | undefined;
  sort?: string | undefined;
}

/** The query of a figure's address; the platform's own defaults aren't said. */
export function figureAddress(
  question: FigureQuestion,
  path = '/v1/figures',
  more: Record<string, string> = {},
): string {
  const { map, known, unit, ...rest } = question;
  return address(path, {
    ...rest,
    ...(unit !== 'vn' && { unit }),
    ...(map !== 'today' && { map }),
    ...(known !== 'latest' && { known }),
    ...more,
  });
}

/** Undefined: nothing is asked yet. */
export function useFigure(question: FigureQuestion | undefined): UseQueryResult<Figure> {
  return useQuery(figureOf(question));
}

/** Several figures at once, in the order of their questions. */
export function useFigures(questions: readonly FigureQuestion[]): UseQueryResult<Figure>[] {
  return useQueries({ queries: questions.map(figureOf) });
}

/** Asks for figures that are about to be shown, so that they come while the screen is drawn. */
export function askFigures(questions: readonly (FigureQuestion | undefined)[]): Promise<unknown> {
  return Promise.all(questions.flatMap((each) => (each ? [queryClient.prefetchQuery(figureOf(each))] : [])));
}

function figureOf(question: FigureQuestion | undefined) {
  const path = question && figureAddress(question);
  return {
    queryKey: ['figures', path, question?.indicator],
    queryFn: ({ signal }: { signal: AbortSignal }) => getFigure(path!, signal),
    enabled: path !== undefined,
  };
}

/** Whether an answer is on its way for the first time. */
export const isComing = ({ isPending, fetchStatus }: UseQueryResult): boolean => isPending && fetchStatus !== 'idle';

/** Any read but a figure's; `about` says which entries, told by the live line, may have changed it. */
export function useAnswer<T>(about: About, path: string | undefined): UseQueryResult<T> {
  return useQuery(answerOf<T>(about, path));
}

/** Asks for what is about to be shown, likewise. */
export const askAnswer = (about: About, path: string): Promise<unknown> =>
  queryClient.prefetchQuery(answerOf(about, path));

/** One of the answers about these that are there already. */
export const someAnswer = <T>(about: About, isIt: (answer: T) => boolean): T | undefined =>
  queryClient
    .getQueriesData<T>({ queryKey: [about] })
    .map(([, answer]) => answer)
    .find((answer) => answer !== undefined && isIt(answer));

/** Whether something was ever asked. */
export const isAsked = (about: About, path: string): boolean => queryClient.getQueryState([about, path]) !== undefined;

function answerOf<T>(about: About, path: string | undefined) {
  return {
    queryKey: [about, path],
    queryFn: ({ signal }: { signal: AbortSignal }) => getJson<T>(path!, signal),
    enabled: path !== undefined,
  };
}

/** A list that comes in pages: the first one, and one more each time that it is asked for. `path` is without its cursor. */
export function usePages<T extends { next: string | null; lacks?: unknown[] }>(about: About, path: string | undefined) {
  return useInfiniteQuery({
    queryKey: [about, path, 'pages'],
    queryFn: ({ signal, pageParam }) =>
      getJson<T>(pageParam === '' ? path! : `${path!}&after=${encodeURIComponent(pageParam)}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({ pages, lacks: pages[0]?.lacks ?? [] }),
    enabled: path !== undefined,
  });
}

const INDICATORS = {
  queryKey: ['indicators'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { indicators } = await getJson<{ indicators: Indicator[] }>('/v1/indicators', signal);
    return new Map(indicators.map((each) => [each.id, each]));
  },
  staleTime: Infinity,
};

export const useIndicators = (): UseQueryResult<Map<string, Indicator>> => useQuery(INDICATORS);

export const askIndicators = (): Promise<unknown> => queryClient.prefetchQuery(INDICATORS);

/** What there is to know of indicators, where it is there already. */
export const knownIndicators = (): Map<string, Indicator> | undefined => queryClient.getQueryData(['indicators']);

export function useUnit(id: string | undefined): UseQueryResult<UnitSummary> {
  return useAnswer<UnitSummary>('units', id && `/v1/units/${id}`);
}

export const askUnit = (id: string): Promise<unknown> => askAnswer('units', `/v1/units/${id}`);

/** A unit, where it is there already. */
export const knownUnit = (id: string): UnitSummary | undefined =>
  queryClient.getQueryData<UnitSummary>(['units', `/v1/units/${id}`]);

export function useReporting(parameters: Record<string, string | undefined>): UseQueryResult<Reporting> {
  return useAnswer<Reporting>('reporting', address('/v1/reporting', parameters));
}
