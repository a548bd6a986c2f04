import type { Express, RequestHandler, Response } from 'express';
import { notFound } from '@gdtx/service-kit/problem';
import { pageLimit, readQuery, wholeNumber } from '@gdtx/service-kit/query';
import { z } from 'zod';
import type { EntryDocument } from './documents.js';
import type { FactRule } from './fact.js';
import type { LedgerStore } from './ledger-store.js';
import { verifyLedger } from './verify.js';

const page = z.object({ from: wholeNumber.pipe(z.number().min(1)).default(1), limit: pageLimit });

/** `GET /v1/ledgers/<service>/<unit>` and `…/verify`: the entries as they were hashed, and the chain computed again. */
export function ledgerRoutes(
  app: Express,
  options: {
    service: string;
    rules: ReadonlyMap<string, FactRule<never>>;
    store: LedgerStore;
    authenticated: RequestHandler;
    mayRead: (res: Response, unit: string) => void;
  },
): void {
  const { service, rules, store, authenticated, mayRead } = options;
  const at = `/v1/ledgers/${service}/:unit`;

  app.get(at, authenticated, async (req, res) => {
    const unit = String(req.params['unit']);
    mayRead(res, unit);
    const { from, limit } = readQuery(req, page);
    const head = (await store.headsOf([unit])).get(unit);
    if (!head) throw notFound(`There is no ledger of \`${unit}\` in ${service}.`);
    const entries: unknown[] = [];
    for await (const entry of store.read(unit, from, limit)) entries.push(shownEntry(entry));
    const next = from + entries.length <= head.seq ? from + entries.length : null;
    res.json({ service, unit, head: { seq: head.seq, hash: head.hash.toString('hex') }, entries, next });
  });

  app.get(`${at}/verify`, authenticated, async (req, res) => {
    const unit = String(req.params['unit']);
    mayRead(res, unit);
    readQuery(req, z.object({}));
    const head = (await store.headsOf([unit])).get(unit);
    if (!head) throw notFound(`There is no ledger of \`${unit}\` in ${service}.`);
    res.json({ service, unit, ...(await verifyLedger(store.read(unit, 1), head, rules)) });
  });
}

/** An entry for people: what was hashed, the hashes, and the canonical bytes themselves, so that anybody can compute them. */
function shownEntry(entry: EntryDocument): unknown {
  const canonical = entry.canonical.toString('utf8');
  return {
    ...(JSON.parse(canonical) as object),
    previousHash: entry.previousHash.toString('hex'),
    hash: entry.hash.toString('hex'),
    canonical,
  };
}
