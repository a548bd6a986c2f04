import type { Request } from 'express';

/** What a cookie that only our own pages' calls may carry needs besides its name and value. */
export interface CookieOf {
  name: string;
  path: string;
  sameSite: 'Strict' | 'Lax';
  secure: boolean;
}

/** A browser drops a cookie that is larger than this, name and attributes included. */
const MOST_BYTES = 4096;

/** The header `set-cookie` of a cookie that no script can read; undefined when no browser would keep it. */
export function setCookie(cookie: CookieOf, value: string, maxAgeSeconds: number): string | undefined {
  const { name, path, sameSite, secure } = cookie;
  const attributes = [`Path=${path}`, `Max-Age=${maxAgeSeconds}`, 'HttpOnly', `SameSite=${sameSite}`];
  const header = [`${name}=${value}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
  return header.length > MOST_BYTES ? undefined : header;
}

/** The header that takes a cookie back. */
export const dropCookie = (cookie: CookieOf): string => setCookie(cookie, '', 0)!;

/** The value of a request's cookie. */
export function cookieOf(req: Request, name: string): string | undefined {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals !== -1 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
