import type { Request, RequestHandler, Response } from 'express';
import type { Encoding, WebFile, WebFiles } from './web-files.js';

/**
 * What a page of ours may load and do: its own scripts, styles and fonts from here, and nothing inline. Pictures may be made
 * on the spot (`data:`, `blob:`): that is how a chart becomes a PNG.
 */
export const WEB_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';
const LASTING = 'public, max-age=31536000, immutable';
/** Best first. */
const ENCODINGS: readonly Encoding[] = ['br', 'gzip'];

/**
 * Serves the web application: its files, and its page for every address that a person opens and nobody else answers. Whoever
 * asks for anything but a page hears 404 as before.
 */
export function webPages(files: WebFiles): RequestHandler {
  const page = files.get('/index.html')!;
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    const file = req.path === '/index.html' ? undefined : files.get(req.path);
    if (file) return send(req, res, file);
    if (wantsPage(req)) return send(req, res, page);
    next();
  };
}

function wantsPage(req: Request): boolean {
  const isFile = /\.[a-z0-9]+$/i.test(req.path);
  return !isFile && (req.headers.accept ?? '').includes('text/html');
}

function send(req: Request, res: Response, file: WebFile): void {
  res.locals['route'] = 'web';
  res.set({
    'content-type': file.type,
    'content-security-policy': WEB_POLICY,
    'permissions-policy': PERMISSIONS,
    // The page is asked for each time, and answered with 304 while it is the same.
    'cache-control': file.lasting ? LASTING : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding, accept',
  });
  if (req.fresh) return void res.status(304).end();
  const encoding = ENCODINGS.find((each) => file.encoded[each] && req.acceptsEncodings(each));
  if (encoding) res.set('content-encoding', encoding);
  const body = encoding ? file.encoded[encoding]! : file.plain;
  res.set('content-length', String(body.length));
  res.end(req.method === 'HEAD' ? undefined : body);
}
