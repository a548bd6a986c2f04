import type { Express, Request, RequestHandler, Response } from 'express';
import { callerOf } from '@gdtx/service-kit/http';
import { malformed, notFound, notYours, Problem } from '@gdtx/service-kit/problem';
import { bearer, endOfToken } from '@gdtx/service-kit/tokens';
import { day, month, pageLimit, readQuery, slug } from '@gdtx/service-kit/query';
import { isRegistryService } from '@gdtx/known-units/known-units';
import { monthIndexOf } from '@gdtx/territory/days';
import { isWithin } from '@gdtx/territory/within';
import type { Registry } from '@gdtx/territory/registry';
import { z } from 'zod';
import { approvalRoutes } from './approval/approval-http.js';
import type { FollowedModel } from './columns/follow.js';
import type { ReadModel } from './columns/read-model.js';
import { conflictRoutes } from './conflicts/conflicts-http.js';
import { INDICATORS } from './indicators/catalogue.js';
import { outlierRoutes } from './outliers/outliers-http.js';
import { possibleBy } from './queries/answerable.js';
import { changesParameters, comparison } from './queries/changes/changes-query.js';
import { figureChanges } from './queries/changes/figure-changes.js';
import type { ReadySums, Sources } from './queries/evaluate.js';
import { figure, figureJson, type Figure, type Freshness } from './queries/figure.js';
import { figureTable } from './queries/figure-table.js';
import {
  figureParameters,
  figureQuery,
  knownMonth,
  type FigureParameters,
  type FigureQuery,
} from './queries/figure-query.js';
import { listInspections, listRecommendations, recommendationsTable, targetsOf } from './queries/inspections.js';
import type { LedgersReader } from './queries/ledger-batches.js';
import { sendLive } from './queries/live.js';
import type { LedgerReader } from './queries/ledger-entries.js';
import { sendLines } from './queries/ndjson.js';
import { RowTexts } from './queries/row-texts.js';
import { severalRoutes } from './queries/several-http.js';
import { figureSources } from './queries/sources.js';
import { unitLineage } from './queries/unit-lineage.js';
import { listUnits, unitOn } from './queries/units.js';
import { reconciliationRoutes } from './reconciliation/reconciliation-http.js';
import { monthsBeside } from './reporting/months-beside.js';
import { reportingRoutes } from './reporting/reporting-http.js';
import { REPORTED_TO, type KeptMonths } from './reporting/kept-months.js';
import { lastSeqIn, shownFreshness } from './reporting/reporting-reads.js';
import { formatOf, sendTable, type Format } from './tables/send-table.js';
import { aboutFreshness, withDays } from './tables/table.js';

const AFTER_MS = 2000;
/** Of more, a figure doesn't say how they stand. */
const MOST_MONTHS = 120;
const READS_ALL = ['inspector', 'registrar', 'operator'] as const;
const KINDS = ['country', 'province', 'district', 'commune', 'centre', 'community-centre'] as const;

export interface DashboardReads {
  authenticated: RequestHandler;
  follower: FollowedModel;
  /** The registry that figures are made with: whole changes of it, with the sums that are ready of it. */
  registry: () => Registry;
  ready: () => ReadySums;
  /** The seq of a service's registry ledger that the registry holds. */
  registrySeq: (service: string) => number;
  freshness: () => Freshness;
  today: () => string;
  ledgers: LedgerReader;
  manyLedgers: LedgersReader;
  /** What is kept of a read model's months. */
  kept: (model: ReadModel) => KeptMonths;
  /** The day of the following month by which a report is due. */
  reportDueDay: number;
}

/** Every read of the dashboard. Figures and lists of a subtree are for those whose subtree it is; the registry is for all. */
export function dashboardRoutes(app: Express, reads: DashboardReads): void {
  const { authenticated, follower, registry, today } = reads;

  const mayRead = (res: Response, unit: string): boolean => {
    const { roles, units } = callerOf(res);
    if (READS_ALL.some((role) => roles.includes(role))) return true;
    return units.length > 0 && isWithin(registry(), unit, units, today());
  };
  const mustRead = (res: Response, unit: string): void => {
    if (!mayRead(res, unit)) throw notYours(unit, registry().has(unit));
  };

  /** How far a ledger is concerns whoever may read it; the nation's are for everybody: facts of all go into them. */
  const mayWaitFor = async (res: Response, after: string): Promise<void> => {
    const [, unit] = after.split('/') as [string, string];
    if (unit !== 'vn') mustRead(res, unit);
    await waitFor(reads, after);
  };

  const checked = async (res: Response, parameters: Omit<FigureParameters, 'format'>): Promise<FigureQuery> => {
    if (parameters.after) await mayWaitFor(res, parameters.after);
    const query = figureQuery(parameters, registry(), today());
    mustRead(res, query.unit);
    return query;
  };
  const queryOf = async (req: Request, res: Response): Promise<{ query: FigureQuery; format: Format }> => {
    const parameters = readQuery(req, figureParameters);
    return { query: await checked(res, parameters), format: formatOf(req, parameters.format) };
  };
  const sources = (): Sources => ({
    model: follower.model,
    registry: registry(),
    registrySeq: reads.registrySeq,
    ready: reads.ready(),
  });
  const rowTexts = new RowTexts();
  const compute = (query: FigureQuery): Figure =>
    figure(query, sources(), reads.freshness(), targetsOf(follower.records, query.known));

  /** Of a centre's own figure, how the asked months stand: closed, approved, changed since. */
  const ofItsMonths = ({ unit, from, to, known }: FigureQuery) => {
    const kind = registry().unit(unit)?.kind;
    if ((kind !== 'centre' && kind !== 'community-centre') || from === null || to === null) return {};
    if (monthIndexOf(to) - monthIndexOf(from) >= MOST_MONTHS) return {};
    const { model, periods } = follower;
    const lastSeq = lastSeqIn(model);
    return { reporting: monthsBeside({ unit, from, to, known }, { periods, lastSeq, services: REPORTED_TO }) };
  };

  const told = (query: FigureQuery): string => {
    const { records } = follower;
    const targets = targetsOf(records, query.known);
    const texts = rowTexts.for(query, registry(), records);
    return figureJson(query, sources(), reads.freshness(), targets, texts, ofItsMonths(query));
  };

  app.get('/v1/figures', authenticated, async (req, res) => {
    const { query, format } = await queryOf(req, res);
    if (format !== 'json') return sendTable(res, format, figureTable(compute(query)));
    res.type('json').send(told(query));
  });

  severalRoutes(app, {
    authenticated,
    answer: async (res, parameters) => told(await checked(res, parameters)),
  });

  app.get('/v1/figures/sources', authenticated, async (req, res) => {
    const { query } = await queryOf(req, res);
    if (query.by.length > 0) throw malformed('Sources are those of one figure: leave `by` out.', 'by');
    await sendLines(res, figureSources(query, compute(query), sources(), reads.ledgers, reads.manyLedgers));
  });

  app.get('/v1/figures/changes', authenticated, async (req, res) => {
    const parameters = readQuery(req, changesParameters);
    if (parameters.after) await mayWaitFor(res, parameters.after);
    const compared = comparison(parameters, registry(), today());
    mustRead(res, compared.now.unit);
    const { asOf } = reads.freshness();
    const toldAt = asOf === null ? null : new Date(asOf).toISOString();
    await sendLines(res, figureChanges(compared, sources(), reads.ledgers, toldAt, reads.manyLedgers));
  });

  app.get('/v1/indicators', authenticated, (req, res) => {
    readQuery(req, z.object({}));
    res.json({ indicators: INDICATORS.map((each) => ({ ...each, by: possibleBy(each) })) });
  });

  const unitsQuery = z.object({
    parent: slug.optional(),
    kind: z.enum(KINDS).optional(),
    on: day.optional(),
    q: z.string().min(1).max(100).optional(),
    after: slug.optional(),
    limit: pageLimit,
  });
  app.get('/v1/units', authenticated, (req, res) => {
    res.json(listUnits(registry(), { ...readQuery(req, unitsQuery), today: today() }));
  });

  app.get('/v1/units/:id', authenticated, (req, res) => {
    const { on } = readQuery(req, z.object({ on: day.optional() }));
    const id = String(req.params['id']);
    const found = unitOn(registry(), id, on ?? today());
    if (!found) throw notFound(`There is no unit \`${id}\`.`);
    res.json(found);
  });

  app.get('/v1/units/:id/lineage', authenticated, (req, res) => {
    readQuery(req, z.object({}));
    const id = String(req.params['id']);
    const found = unitLineage(registry(), id);
    if (!found) throw notFound(`There is no unit \`${id}\`.`);
    res.json(found);
  });

  const listQuery = z.object({
    unit: slug.optional(),
    known: figureParameters.shape.known,
    on: day.optional(),
    from: month.optional(),
    to: month.optional(),
    after: z.string().max(300).optional(),
    limit: pageLimit,
  });
  const listed = <Asked extends { known: string }>(asked: Asked) => ({
    ...asked,
    known: knownMonth(asked.known, today()),
  });
  app.get('/v1/inspections', authenticated, (req, res) => {
    const query = listed(readQuery(req, listQuery));
    if (query.unit) mustRead(res, query.unit);
    const { records } = follower;
    const list = listInspections(records, registry(), today(), query, (unit) => mayRead(res, unit));
    res.json({ ...list, ...shownFreshness(reads) });
  });

  const recommendationsQuery = listQuery.extend({
    status: z.enum(['open', 'overdue', 'closed']).optional(),
    format: figureParameters.shape.format,
  });
  app.get('/v1/recommendations', authenticated, async (req, res) => {
    const asked = readQuery(req, recommendationsQuery);
    const { format, ...query } = listed(asked);
    if (query.unit) mustRead(res, query.unit);
    const { records } = follower;
    const wanted = formatOf(req, format);
    if (wanted !== 'json') {
      const lines = recommendationsTable(records, registry(), today(), query, (unit) => mayRead(res, unit));
      return sendTable(res, wanted, {
        name: `recommendations-${query.unit ?? 'all'}`,
        headed: false,
        about: [
          ['unit', query.unit ?? ''],
          ['period', query.from || query.to ? `${query.from ?? ''}..${query.to ?? ''}` : ''],
          ['on', { day: query.on ?? today() }],
          ['known', asked.known],
          ...aboutFreshness(shownFreshness(reads)),
        ],
        ...withDays(lines, ['issuedOn', 'due', 'closedOn', 'lastProgressOn']),
      });
    }
    const list = listRecommendations(records, registry(), today(), query, (unit) => mayRead(res, unit));
    res.json({ ...list, ...shownFreshness(reads) });
  });

  conflictRoutes(app, { ...reads, mayRead, mustRead });
  const ofMonths = { ...reads, mustRead, now: Date.now, dueDay: reads.reportDueDay };
  reportingRoutes(app, ofMonths);
  reconciliationRoutes(app, ofMonths);
  approvalRoutes(app, ofMonths);
  outlierRoutes(app, ofMonths);

  app.get('/v1/live', authenticated, (req, res) => {
    readQuery(req, z.object({}));
    sendLive(
      res,
      (listener) => follower.onChange(listener),
      (unit) => mayRead(res, unit),
      endOfToken(bearer(req.headers.authorization)!),
    );
  });
}

/** Waits until an entry is in the figures; 504 `not-yet` when it isn't after two seconds. */
async function waitFor({ follower, registrySeq }: DashboardReads, after: string): Promise<void> {
  const [service, unit, text] = after.split('/') as [string, string, string];
  const seq = Number(text);
  const deadline = Date.now() + AFTER_MS;
  const reached = await follower.reaches(service, unit, seq, AFTER_MS);
  // A registry entry counts once the registry has it too.
  const inRegistry = () => unit !== 'vn' || !isRegistryService(service) || registrySeq(service) >= seq;
  while (reached && !inRegistry() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  if (reached && inRegistry()) return;
  throw new Problem(504, 'not-yet', `Entry ${after} isn't in the figures yet: ask again.`);
}
