import type { Express } from 'express';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { notFound } from '@gdtx/service-kit/problem';
import { day, readQuery, slug, wholeNumber } from '@gdtx/service-kit/query';
import { z } from 'zod';
import { targetsKey, type TargetsState } from './targets/targets.js';
import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { unitView } from './territory/unit-view.js';

const year = wholeNumber.pipe(z.number().min(1900).max(2200));

/** The reads of this service. Territory is for whoever has a token; a unit's targets are for whoever may read the unit. */
export function provincesRoutes(app: Express, reads: OwnerReads): void {
  const kinds: readonly string[] = TERRITORY;

  app.get('/v1/territory/units/:id', reads.authenticated, (req, res) => {
    const id = String(req.params['id']);
    const { on = reads.today() } = readQuery(req, z.object({ on: day.optional() }));
    const unit = reads.registry().unit(id);
    if (!unit || !kinds.includes(unit.kind)) throw notFound(`There is no unit of territory \`${id.slice(0, 80)}\`.`);
    res.json(unitView(unit, on));
  });

  app.get('/v1/territory/targets', reads.authenticated, async (req, res) => {
    const query = readQuery(req, z.object({ unit: slug, year: year.optional() }));
    reads.mayRead(res, query.unit);
    if (!reads.registry().has(query.unit)) throw notFound(`There is no unit \`${query.unit}\`.`);
    const targets = (await reads.states.get<TargetsState>(targetsKey(query.unit)))?.targets ?? [];
    res.json({ ...query, targets: targets.filter((target) => query.year === undefined || target.year === query.year) });
  });
}
