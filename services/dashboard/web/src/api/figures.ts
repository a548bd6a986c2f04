import { ApiProblem, getJson } from './client.js';
import { together } from './together.js';
import type { Figure } from './types.js';

/** So many figures by one call: few enough that the first ones don't wait for the last. */
const AT_ONCE = 16;

type Told = { status: 200; figure: Figure } | { status: number; problem: { slug: string; detail: string } };

/** The figure at an address of `/v1/figures`; what is asked for in the same moment goes by few calls. Rejects with an ApiProblem. */
export const getFigure = together<string, Figure>(async (addresses, signal) => {
  if (addresses.length === 1) return [await getJson<Figure>(addresses[0]!, signal)];
  const query = new URLSearchParams(addresses.map((each) => ['ask', each.slice(each.indexOf('?') + 1)]));
  const { answers } = await getJson<{ answers: Told[] }>(`/v1/figures/several?${query}`, signal);
  return answers.map((told) =>
    'figure' in told ? told.figure : new ApiProblem(told.status, told.problem.slug, told.problem.detail),
  );
}, AT_ONCE);
