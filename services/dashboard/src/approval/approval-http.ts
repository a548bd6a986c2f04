import type { Express } from 'express';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { month, readQuery, slug } from '@gdtx/service-kit/query';
import { lastDayOfMonth, monthIndexOf, type Month } from '@gdtx/territory/days';
import { z } from 'zod';
import { indicatorOf } from '../indicators/catalogue.js';
import { unitOfSource } from '../projector/entry-folder.js';
import type { LedgerReader } from '../queries/ledger-entries.js';
import { standing, type Standing } from '../reporting/month-state.js';
import { REPORTED_TO } from '../reporting/kept-months.js';
import { monthAsked, shownFreshness, shownUnit, type ReportingReads } from '../reporting/reporting-reads.js';
import { changesSince, type ChangesSince } from './changes-since.js';

const parameters = z.object({ unit: slug, month });

/**
 * `GET /v1/reporting/changes`: what has changed in a unit's month since its province approved it: the entries after the one up
 * to which it was approved, each with what it adds or takes away, and the figures that are others now.
 */
export function approvalRoutes(app: Express, reads: ReportingReads & { ledgers: LedgerReader }): void {
  app.get('/v1/reporting/changes', reads.authenticated, async (req, res) => {
    const asked = readQuery(req, parameters);
    const query = monthAsked({ ...asked, map: 'then' }, res, reads);
    const services = [];
    for (const service of REPORTED_TO) {
      const stands = standing(reads.follower.periods.events(service, query.unit, monthIndexOf(query.month)));
      if (stands.closed) services.push(await ofService(service, query, stands, reads.ledgers));
    }
    res.json({
      ...shownUnit(query.registry, query.unit, lastDayOfMonth(query.month)),
      month: query.month,
      ...shownFreshness(reads),
      services,
    });
  });
}

async function ofService(
  service: string,
  { unit, month }: { unit: string; month: Month },
  { closed, approved }: Standing,
  read: LedgerReader,
): Promise<unknown> {
  const closing = { seq: closed!.seq, recordedAt: new Date(closed!.at).toISOString() };
  if (!approved) return { service, closed: closing, approved: null, entries: [], figures: [] };
  const entries: Entry[] = [];
  for await (const { entry } of read(service, unit)) if (entry) entries.push(entry);
  const by = entries.find(({ seq }) => seq === approved.seq)?.source;
  const { seq, upToSeq, at } = approved;
  return {
    service,
    closed: closing,
    approved: { seq, upToSeq, recordedAt: new Date(at).toISOString(), by: by === undefined ? null : unitOfSource(by) },
    ...shown(changesSince(entries, month, upToSeq)),
  };
}

function shown({ entries, figures }: ChangesSince) {
  const label = (indicator: string) => indicatorOf(indicator)?.label ?? { vi: indicator, en: indicator };
  return {
    entries: entries.map(({ entry, effects }) => ({
      entry: { service: entry.service, unit: entry.unit, seq: entry.seq },
      id: entry.id,
      type: entry.type,
      source: entry.source,
      recordedAt: new Date(entry.recordedAt).toISOString(),
      effects: effects.map((effect) => ({ ...effect, label: label(effect.indicator) })),
    })),
    figures: figures.map((figure) => ({ ...figure, label: label(figure.indicator) })),
  };
}
