import type { Express } from 'express';
import { mayReadUnit } from '@gdtx/ledger/may-read';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { callerOf } from '@gdtx/service-kit/http';
import { notFound } from '@gdtx/service-kit/problem';
import { day, pageLimit, readQuery, slug } from '@gdtx/service-kit/query';
import type { Day } from '@gdtx/territory/days';
import { isAlive, valueOn } from '@gdtx/territory/records';
import type { Registry, UnitRecord } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { z } from 'zod';
import { emptyPage, pageKey, type CentrePage } from './centre-page.js';
import { KINDS } from './centre/centre-facts.js';
import { centreHistory, centreLine } from './centre/centre-view.js';

const listQuery = z.object({
  kind: z.enum(KINDS, `a kind is one of ${KINDS.join(', ')}`).optional(),
  within: slug.optional(),
  on: day.optional(),
  after: slug.optional(),
  limit: pageLimit,
});

/**
 * The reads of this service: a centre's page, for who may read the centre; and the centres that live on a day, in a unit that the
 * caller may read, or all that the caller may read.
 */
export function centresRoutes(app: Express, reads: OwnerReads): void {
  app.get('/v1/centres', reads.authenticated, (req, res) => {
    const { kind, within, on = reads.today(), after, limit } = readQuery(req, listQuery);
    const registry = reads.registry();
    const caller = callerOf(res);
    if (within !== undefined) {
      reads.mayRead(res, within);
      if (!registry.has(within)) throw notFound(`There is no unit \`${within}\`.`);
    }
    const asked = ({ id }: UnitRecord): boolean =>
      within === undefined ? mayReadUnit(caller, registry, id, reads.today()) : isWithin(registry, id, [within], on);
    const found = centresOn(registry, on)
      .filter((centre) => after === undefined || centre.id > after)
      .filter((centre) => kind === undefined || valueOn(centre.subkinds, on) === kind)
      .filter(asked);
    const page = found.slice(0, limit);
    const next = found.length > page.length ? page.at(-1)!.id : null;
    res.json({ on, items: page.map((centre) => centreLine(centre, on)), next });
  });

  app.get('/v1/centres/:id', reads.authenticated, async (req, res) => {
    const id = String(req.params['id']);
    const { on = reads.today() } = readQuery(req, z.object({ on: day.optional() }));
    reads.mayRead(res, id);
    const centre = reads.registry().unit(id);
    if (centre?.kind !== 'centre') throw notFound(`There is no centre \`${id.slice(0, 80)}\`.`);
    const page = (await reads.states.get<CentrePage>(pageKey(id))) ?? emptyPage;
    res.json({ on, ...centreLine(centre, on), history: centreHistory(centre), ...page });
  });
}

/** The centres that live on a day, by id: a few hundred, or thousands with those of the past. */
function centresOn(registry: Registry, on: Day): UnitRecord[] {
  return [...registry.all('centre')].filter((centre) => isAlive(centre, on)).sort((a, b) => (a.id < b.id ? -1 : 1));
}
