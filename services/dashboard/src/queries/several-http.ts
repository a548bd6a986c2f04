import { setImmediate } from 'node:timers/promises';
import type { Express, RequestHandler, Response } from 'express';
import { callerOf } from '@gdtx/service-kit/http';
import { malformed, Problem, problemDocument } from '@gdtx/service-kit/problem';
import { checkQuery, readQuery } from '@gdtx/service-kit/query';
import { z } from 'zod';
import { figureParameters, type FigureParameters } from './figure-query.js';

/** Of more, an address is longer than servers take. */
const MOST = 50;

const parameters = z.object({ ask: z.union([z.string(), z.array(z.string())], 'is the query of a figure') });
const asked = figureParameters.omit({ format: true });

export interface SeveralReads {
  authenticated: RequestHandler;
  /** What `GET /v1/figures` answers to the same caller, as JSON; rejects with its problem. */
  answer: (res: Response, parameters: Omit<FigureParameters, 'format'>) => Promise<string>;
}

/**
 * `GET /v1/figures/several?ask=…&ask=…`: many figures by one call, in the order asked. Each `ask` is the query of a `GET /v1/figures`
 * (`indicator=centres&unit=vn`), and is answered or refused by itself, as it would be alone. Calls of one caller have their turns one after
 * the other: a screen asks by several, and the first one's figures are there, and drawn, while the next ones are worked out.
 */
export function severalRoutes(app: Express, { authenticated, answer }: SeveralReads): void {
  const turns = new Turns();
  app.get('/v1/figures/several', authenticated, async (req, res) => {
    const asks = [readQuery(req, parameters).ask].flat();
    if (asks.length > MOST) throw malformed(`At most ${MOST} figures are asked for at once.`, 'ask');
    await turns.take(callerOf(res).subject, async () => {
      const answers: string[] = [];
      for (const ask of asks) {
        // Whoever asked has left.
        if (res.destroyed) return;
        answers.push(await one(() => answer(res, checkQuery(parametersOf(ask), asked))));
        // What others ask meanwhile isn't to wait for all of them.
        await setImmediate();
      }
      res.type('json').send(`{"answers":[${answers.join(',')}]}`);
    });
  });
}

/** One thing after the other for each caller, in the order in which they came; callers don't wait for one another. */
class Turns {
  private readonly last = new Map<string, Promise<void>>();

  take(caller: string, work: () => Promise<void>): Promise<void> {
    const mine = (this.last.get(caller) ?? Promise.resolve()).then(work);
    const over: Promise<void> = mine
      .catch(() => undefined)
      .then(() => void (this.last.get(caller) === over && this.last.delete(caller)));
    this.last.set(caller, over);
    return mine;
  }
}

/** `{status: 200, figure}` or `{status, problem}`. */
async function one(work: () => Promise<string>): Promise<string> {
  try {
    return `{"status":200,"figure":${await work()}}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return JSON.stringify({ status: error.status, problem: problemDocument(error) });
  }
}

/** One that is named twice is a list, which no parameter takes. */
function parametersOf(query: string): Record<string, unknown> {
  const read = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(read.keys())].map((name) => {
      const values = read.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
