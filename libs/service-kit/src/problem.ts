/** An RFC 9457 problem: an expected error of an HTTP call, with a stable slug. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly detail: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(detail);
  }
}

export const malformed = (detail: string, path?: string) => new Problem(400, 'malformed', detail, path ? { path } : {});
export const noToken = (detail: string) => new Problem(401, 'no-token', detail);
export const notAllowed = (detail: string) => new Problem(403, 'not-allowed', detail);
export const notFound = (detail: string) => new Problem(404, 'not-found', detail);
/** A unit that the caller may not read. Which units there are is for everybody (`GET /v1/units`); what is said of them isn't. */
export const notYours = (unit: string, isThere: boolean) =>
  isThere ? notAllowed(`\`${unit}\` isn't yours to read.`) : notFound(`There is no unit \`${unit}\`.`);
export const tooLarge = (detail: string) => new Problem(413, 'too-large', detail);
export const tryAgain = (detail: string, seconds = 2) => new Problem(503, 'try-again', detail, { retryAfter: seconds });

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  slug: string;
  detail: string;
  [key: string]: unknown;
}

export function problemDocument(problem: Problem): ProblemDocument {
  const { retryAfter: _, ...extra } = problem.extra;
  return {
    type: `urn:gdtx:problem:${problem.slug}`,
    title: problem.slug.replaceAll('-', ' '),
    status: problem.status,
    slug: problem.slug,
    detail: problem.detail,
    ...extra,
  };
}
