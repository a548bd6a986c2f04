import { ApiProblem, getJson } from './client.js';
import { together } from './together.js';
import type { Figure } from './types.js';

/** So many figures by one call, where the platform keeps them ready: all of a screen by two. */
const KEPT_READY = 40;
/** So many where it works them out: few enough that the first ones don't wait for the last. */
const WORKED_OUT = 12;

type Told = { status: 200; figure: Figure } | { status: number; problem: { slug: string; detail: string } };

/** Rows that are no provinces are worked out when they are asked for. */
const isWorkedOut = (address: string): boolean => /[?&]by=(commune|centre|district|authority)/.test(address);

/** The figure at an address of `/v1/figures`; what is asked for in the same moment goes by few calls. Rejects with an ApiProblem. */
export const getFigure = (address: string, signal?: AbortSignal): Promise<Figure> =>
  (isWorkedOut(address) ? getWorkedOut : getReady)(address, signal);

const getReady = together<string, Figure>(several, KEPT_READY);
const getWorkedOut = together<string, Figure>(several, WORKED_OUT);

async function several(addresses: string[], signal: AbortSignal): Promise<(Figure | ApiProblem)[]> {
  if (addresses.length === 1) return [await getJson<Figure>(addresses[0]!, signal)];
  const query = new URLSearchParams(addresses.map((each) => ['ask', each.slice(each.indexOf('?') + 1)]));
  const { answers } = await getJson<{ answers: Told[] }>(`/v1/figures/several?${query}`, signal);
  return answers.map((told) =>
    'figure' in told ? told.figure : new ApiProblem(told.status, told.problem.slug, told.problem.detail),
  );
}
