import type { Request } from 'express';

/** The header with which our pages' calls say that they are ours: another site can't send it without being let. */
export const OUR_HEADER = 'x-gdtx-page';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * Whether a call with a cookie comes from a page of ours. SameSite keeps other sites away, but not another port or a
 * neighbouring name of the same site; the browser says where a call comes from, and what changes something says besides that it is ours.
 */
export function isOfOurPage(req: Request): boolean {
  const from = req.headers['sec-fetch-site'];
  const says = req.headers[OUR_HEADER] !== undefined;
  if (!SAFE.has(req.method)) return says && (from === undefined || from === 'same-origin');
  return from === undefined ? says : from === 'same-origin';
}
