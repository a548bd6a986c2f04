import type { Express, Request, Response } from 'express';
import type { OwnerReads } from '@gdtx/ledger/owner-reads';
import { callerOf } from '@gdtx/service-kit/http';
import { notFound, Problem } from '@gdtx/service-kit/problem';
import { readQuery } from '@gdtx/service-kit/query';
import { z } from 'zod';
import { concernsFinding, concernsOrder, concernsRecommendation, concernsVisit, type Reader } from './concern.js';
import { inWhoseName } from './recommendation/in-whose-name.js';
import {
  findingKey,
  inspectionKey,
  recommendationKey,
  visitKey,
  type FindingState,
  type InspectionState,
  type RecommendationState,
  type VisitState,
} from './states.js';

/**
 * The reads of this service, one by one, each for whom it concerns; the lists of all are the dashboard's. What doesn't concern the
 * caller is answered as what isn't there: which inspections there are is nobody else's business.
 */
export function inspectionsRoutes(app: Express, reads: OwnerReads): void {
  app.get('/v1/inspections/orders/:id', reads.authenticated, async (req, res) => {
    const order = await one<InspectionState>(reads, req, inspectionKey, 'inspection');
    const reader = readerOf(reads, res);
    const visits = await all<VisitState>(
      reads,
      order.visits.map(({ visit }) => visitKey(visit)),
    );
    const isConcerned = concernsOrder(order, reader) || visits.some((visit) => concernsVisit(visit, reader));
    res.json(forWhomItConcerns(order, isConcerned, 'inspection'));
  });

  app.get('/v1/inspections/visits/:id', reads.authenticated, async (req, res) => {
    const visit = await one<VisitState>(reads, req, visitKey, 'visit');
    const reader = readerOf(reads, res);
    const ids = Object.values(visit.recommendations);
    const [found, issued] = await Promise.all([
      all<FindingState>(reads, visit.findings.map(findingKey)),
      all<RecommendationState>(reads, ids.map(recommendationKey)),
    ]);
    const findings = found.filter((finding) => concernsFinding(finding, visit, reader));
    const recommendations = issued.filter((each) => concernsRecommendation(each, reader));
    const isConcerned = concernsVisit(visit, reader) || findings.length > 0 || recommendations.length > 0;
    const shown = {
      ...visit,
      findings,
      recommendations: recommendations.map((each) => withStatus(each, reader.today)),
    };
    res.json(forWhomItConcerns(shown, isConcerned, 'visit'));
  });

  const shownTo = (res: Response, reader: Reader) => (recommendation: RecommendationState) => ({
    ...withStatus(recommendation, reader.today),
    may: inWhoseName(recommendation, callerOf(res), reader),
  });

  app.get('/v1/inspections/recommendations', reads.authenticated, async (req, res) => {
    const ids = [readQuery(req, several).id].flat();
    const reader = readerOf(reads, res);
    const found = await all<RecommendationState>(reads, [...new Set(ids)].map(recommendationKey));
    const concerning = found.filter((each) => concernsRecommendation(each, reader));
    res.json({ recommendations: concerning.map(shownTo(res, reader)) });
  });

  app.get('/v1/inspections/recommendations/:id', reads.authenticated, async (req, res) => {
    const recommendation = await one<RecommendationState>(reads, req, recommendationKey, 'recommendation');
    const reader = readerOf(reads, res);
    const shown = shownTo(res, reader)(recommendation);
    res.json(forWhomItConcerns(shown, concernsRecommendation(recommendation, reader), 'recommendation'));
  });
}

/** Ids of those that are asked for at once: what there isn't, or doesn't concern the reader, is left out of the answer. */
const MOST = 100;
const several = z.object({ id: z.union([z.string(), z.array(z.string()).max(MOST)], `names up to ${MOST}`) });

async function one<S>(reads: OwnerReads, req: Request, key: (id: string) => string, what: string): Promise<S> {
  readQuery(req, z.object({}));
  const id = String(req.params['id']);
  const found = await reads.states.get<S>(key(id));
  if (!found) throw noneForYou(what, id);
  return found;
}

async function all<S>(reads: OwnerReads, keys: string[]): Promise<S[]> {
  const found = await Promise.all(keys.map((key) => reads.states.get<S>(key)));
  return found.filter((state) => state !== undefined);
}

function forWhomItConcerns<Shown extends { id: string }>(shown: Shown, isConcerned: boolean, what: string): Shown {
  if (isConcerned) return shown;
  throw noneForYou(what, shown.id);
}

const noneForYou = (what: string, id: string) =>
  notFound(`There is no ${what} \`${id.slice(0, 80)}\` that concerns a unit of yours.`);

function readerOf(reads: OwnerReads, res: Response): Reader {
  const mayRead = (unit: string): boolean => {
    try {
      reads.mayRead(res, unit);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  };
  return { units: callerOf(res).units, mayRead, registry: reads.registry(), today: reads.today() };
}

/** `closed`, `overdue` when its due day has passed, else `open`. */
function withStatus(recommendation: RecommendationState, today: string): RecommendationState & { status: string } {
  const { due, closed } = recommendation;
  const status = closed ? 'closed' : due !== undefined && due < today ? 'overdue' : 'open';
  return { ...recommendation, status };
}
