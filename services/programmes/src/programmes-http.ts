import type { Express, Response } from 'express';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { notFound } from '@gdtx/service-kit/problem';
import { pageLimit, readQuery, slug } from '@gdtx/service-kit/query';
import { z } from 'zod';
import { balancesKey, type BalancesState } from './balance/balance.js';
import { classKey, type ClassState } from './class/class.js';
import { classesPage } from './class/classes-page.js';
import { classView } from './class/class-view.js';
import { offerKey, type OfferState } from './offer/offer-state.js';
import { offerView } from './offer/offer-view.js';
import { FORMS, PROGRAMME_TYPES } from './programme-types.js';
import { REPORTERS } from './reporting.js';

const ownId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'an id is lower-case letters, digits, dots and hyphens');
const type = z.enum(PROGRAMME_TYPES, `a type is one of ${PROGRAMME_TYPES.join(', ')}`);

const offer = z.object({
  unit: slug,
  type: type.optional(),
  form: z.enum(FORMS, `a form is one of ${FORMS.join(', ')}`).optional(),
});
const classes = z.object({
  unit: slug,
  type: type.optional(),
  state: z.enum(['open', 'completed'], 'a state is open or completed').optional(),
  after: ownId.optional(),
  limit: pageLimit,
});

/** The reads of this service: what a centre offers, its classes, and what it had reached before its ledger began. */
export function programmesRoutes(app: Express, reads: OwnerReads): void {
  app.get('/v1/programmes', reads.authenticated, async (req, res) => {
    const { unit, ...wanted } = readQuery(req, offer);
    mayReadCentre(reads, res, unit);
    res.json({ unit, ...offerView(await reads.states.get<OfferState>(offerKey(unit)), wanted) });
  });

  app.get('/v1/programmes/classes', reads.authenticated, async (req, res) => {
    const { unit, ...wanted } = readQuery(req, classes);
    mayReadCentre(reads, res, unit);
    res.json({ unit, ...(await classesPage(reads.states, unit, wanted)) });
  });

  app.get('/v1/programmes/classes/:unit/:class', reads.authenticated, async (req, res) => {
    const [unit, id] = [String(req.params['unit']), String(req.params['class'])];
    readQuery(req, z.object({}));
    mayReadCentre(reads, res, unit);
    const known = await reads.states.get<ClassState>(classKey(unit, id));
    if (!known) throw notFound(`\`${unit}\` has no class \`${id.slice(0, 80)}\`.`);
    res.json({ unit, ...classView(id, known) });
  });

  app.get('/v1/programmes/balances', reads.authenticated, async (req, res) => {
    const { unit } = readQuery(req, z.object({ unit: slug }));
    mayReadCentre(reads, res, unit);
    const balances = (await reads.states.get<BalancesState>(balancesKey(unit)))?.balances ?? [];
    const items = balances.map(({ said, from, to }) => ({ ...(said as object), days: { from, to } }));
    res.json({ unit, items });
  });
}

/** The unit is a centre that the caller may read. */
function mayReadCentre(reads: OwnerReads, res: Response, unit: string): void {
  reads.mayRead(res, unit);
  const kind = reads.registry().unit(unit)?.kind;
  if (!kind || !(REPORTERS as readonly string[]).includes(kind)) {
    throw notFound(`There is no centre \`${unit.slice(0, 80)}\`.`);
  }
}
