import type { RequestHandler } from 'express';
import { callerOf } from '@gdtx/service-kit/http';
import { notAllowed, tryAgain } from '@gdtx/service-kit/problem';
import { readQuery } from '@gdtx/service-kit/query';
import { bearer, type Role } from '@gdtx/service-kit/tokens';
import { z } from 'zod';
import type { Room } from '../owners/room.js';
import { announcedBytes, formOf } from './body.js';
import { openBody } from './open-body.js';
import { previewFacts, type AskForPreview } from './preview.js';

/** Who says registry facts: the registrar, and of community centres their province's and commune's officers. */
const FOR: readonly Role[] = ['registrar', 'province-officer', 'commune-officer'];

/** `POST /v1/facts/preview`: the same bodies as `/v1/facts`, held whole; nothing is recorded. */
export function factsPreview({ ask, bodies }: { ask: AskForPreview; bodies: Room }): RequestHandler {
  return async (req, res) => {
    readQuery(req, z.object({}));
    const { roles } = callerOf(res);
    if (!FOR.some((role) => roles.includes(role)))
      throw notAllowed(`What facts would change is shown to: ${FOR.join(', ')}.`);
    const form = formOf(req);
    const leave = bodies.tryEnter(announcedBytes(req));
    if (!leave) throw tryAgain('More is being sent than can be taken at once: send this again in a moment.', 1);
    try {
      const opened = await openBody(req, res, form);
      res.json(await previewFacts(opened, bearer(req.headers.authorization)!, ask));
    } finally {
      leave();
    }
  };
}
