import type { Express, RequestHandler, Response } from 'express';
import { notFound } from '@gdtx/service-kit/problem';
import { pageLimit, readQuery, slug } from '@gdtx/service-kit/query';
import type { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { z } from 'zod';
import type { ReadModel } from '../columns/read-model.js';
import type { Records } from '../columns/records.js';
import type { LedgerReader } from '../queries/ledger-entries.js';
import type { KeptMonths } from '../reporting/kept-months.js';
import { comesAfter, conflictsOf, keyOf, shownConflict } from './conflicts.js';
import { ContradictionReader, type Contradiction } from './contradictions.js';
import { suspects } from './suspects.js';

export interface ConflictReads {
  authenticated: RequestHandler;
  mayRead: (res: Response, unit: string) => boolean;
  mustRead: (res: Response, unit: string) => void;
  registry: () => Registry;
  follower: { readonly model: ReadModel; readonly records: Records };
  /** What is kept of a read model's months. */
  kept: (model: ReadModel) => KeptMonths;
  ledgers: LedgerReader;
  today: () => string;
}

/** Ledgers that are read at once. */
const AT_ONCE = 8;

const parameters = z.object({
  unit: slug.optional(),
  status: z.enum(['open', 'settled']).optional(),
  after: z
    .string()
    .max(300)
    .regex(/^[^/]+\/[^/]+\/\d{1,15}$/, 'is service/unit/seq')
    .optional(),
  limit: pageLimit,
});

/** `GET /v1/conflicts`: what was accepted, and the registry has come to contradict since; looked for anew each time it is asked. */
export function conflictRoutes(app: Express, reads: ConflictReads): void {
  const reader = new ContradictionReader(reads.ledgers);

  app.get('/v1/conflicts', reads.authenticated, async (req, res) => {
    const query = readQuery(req, parameters);
    const registry = reads.registry();
    const today = reads.today();
    if (query.unit !== undefined && !registry.unit(query.unit)) throw notFound(`There is no unit \`${query.unit}\`.`);
    if (query.unit !== undefined) reads.mustRead(res, query.unit);
    const isAsked = (unit: string): boolean =>
      (query.unit === undefined || unit === query.unit || isWithin(registry, unit, [query.unit], today)) &&
      reads.mayRead(res, unit);

    const { model, records } = reads.follower;
    const said = await reads.kept(model).said.refresh();
    const suspected = suspects(said, registry).filter(({ unit }) => isAsked(unit.id));
    const contradictions: Contradiction[] = [];
    for (let i = 0; i < suspected.length; i += AT_ONCE) {
      const looked = suspected.slice(i, i + AT_ONCE).map(({ service, unit }) => reader.of(service, unit.id, unit.life));
      for (const found of await Promise.all(looked)) contradictions.push(...found);
    }
    const wanted = conflictsOf(contradictions, registry, records)
      .filter(({ concerns }) => isAsked(concerns))
      .filter(({ settled }) => query.status === undefined || (query.status === 'settled') === (settled !== undefined));
    const rest = query.after === undefined ? wanted : wanted.filter(comesAfter(query.after));
    const page = rest.slice(0, query.limit);
    res.json({
      total: wanted.length,
      conflicts: page.map((each) => shownConflict(each, registry, today)),
      next: rest.length > page.length ? keyOf(page.at(-1)!) : null,
    });
  });
}
