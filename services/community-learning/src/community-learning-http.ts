import type { Express, Response } from 'express';
import { mayReadUnit } from '@gdtx/ledger/may-read';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { callerOf } from '@gdtx/service-kit/http';
import { malformed, notFound } from '@gdtx/service-kit/problem';
import { day, month, pageLimit, readQuery, slug } from '@gdtx/service-kit/query';
import { z } from 'zod';
import { centreItem, centreView, centresWithin, isCommunityCentre } from './centre-view.js';
import { newPage, pageKey, type CommunityCentrePage } from './page.js';
import { topicsBetween } from './topics-page.js';

const list = z.object({ within: slug.optional(), on: day.optional(), after: slug.optional(), limit: pageLimit });
const topics = z.object({
  from: month.optional(),
  to: month.optional(),
  after: z.string().max(80).optional(),
  limit: pageLimit,
});

/** The reads of this service: which community centres there are, what each reported last, and its topics. */
export function communityLearningRoutes(app: Express, reads: OwnerReads): void {
  app.get('/v1/community-centres', reads.authenticated, (req, res) => {
    const { within, on = reads.today(), after = '', limit } = readQuery(req, list);
    const roots = rootsOf(reads, res, within);
    const { items, next } = centresWithin(reads.registry(), { roots, on, after, limit });
    res.json({ on, items: items.map((unit) => centreItem(unit, on)), next });
  });

  app.get('/v1/community-centres/:id', reads.authenticated, async (req, res) => {
    const id = centreNamed(reads, res, req.params['id']);
    const { on = reads.today() } = readQuery(req, z.object({ on: day.optional() }));
    const reports = (await reads.states.get<CommunityCentrePage>(pageKey(id))) ?? newPage(id);
    res.json({ ...centreView(reads.registry(), id, on), reports });
  });

  app.get('/v1/community-centres/:id/topics', reads.authenticated, async (req, res) => {
    const id = centreNamed(reads, res, req.params['id']);
    const query = readQuery(req, topics);
    if (query.from && query.to && query.from > query.to) throw malformed('`from` is later than `to`.', 'from');
    res.json({ unit: id, ...(await topicsBetween(reads.states, id, query)) });
  });
}

/** A community centre that is there and that the caller may read. */
function centreNamed(reads: OwnerReads, res: Response, id: unknown): string {
  const named = String(id);
  if (!isCommunityCentre(reads.registry(), named)) {
    throw notFound(`There is no community centre \`${named.slice(0, 80)}\`.`);
  }
  reads.mayRead(res, named);
  return named;
}

/** The territory asked for; without one all that the caller may read. */
function rootsOf(reads: OwnerReads, res: Response, within: string | undefined): string[] {
  const caller = callerOf(res);
  if (within === undefined) return mayReadUnit(caller, reads.registry(), 'vn', reads.today()) ? ['vn'] : caller.units;
  reads.mayRead(res, within);
  if (!reads.registry().has(within)) throw notFound(`There is no unit \`${within}\`.`);
  return [within];
}
