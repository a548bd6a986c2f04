import type { RequestHandler } from 'express';

const LINGER_MS = 5000;

/**
 * A call may be answered before its body has come, 413 above all. Ending its connection at once would take the answer from
 * the sender, so the rest of the body is passed over for a moment; then the connection ends, however much is left.
 */
export const linger: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    if (req.complete) return;
    const timer = setTimeout(() => req.socket.destroy(), LINGER_MS).unref();
    req.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
    req.unpipe();
    req.resume();
  });
  next();
};
