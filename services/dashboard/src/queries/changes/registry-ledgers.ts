import { codecOf } from '@gdtx/contracts/fact-codecs';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { Registry, type RegistryFact } from '@gdtx/territory/registry';
import { holds, type LedgerReader } from '../ledger-entries.js';

const SERVICES = ['provinces', 'centres', 'community-learning'] as const;

/** The registry's facts of some time, in the order in which they were recorded, and the registry before them. */
export interface RegistryNews {
  /** As it was before; to be forked. */
  before: Registry;
  facts: RegistryFact[];
  /** Of each fact, without its data. */
  entries: Entry[];
  /** An entry whose hash isn't that of its content. */
  broken: string | null;
}

/**
 * Reads the registry's ledgers from their owners: what was recorded from a moment (excluded) to another, and up to the entry
 * that `seqOf` says of a service.
 */
export async function readRegistryNews(
  read: LedgerReader,
  since: number,
  until: number,
  seqOf: (service: string) => number = () => Infinity,
): Promise<RegistryNews> {
  const before = Registry.empty();
  const news: { fact: RegistryFact; entry: Entry }[] = [];
  let broken: string | null = null;
  const last = SERVICES.map(seqOf);
  for (const [i, service] of SERVICES.entries()) {
    for await (const { entry, canonical } of read(service, 'vn')) {
      if (!entry) continue;
      if (entry.recordedAt > until || entry.seq > last[i]!) break;
      if (!holds(entry, canonical)) broken ??= `${service}/vn/${entry.seq}`;
      const { type, seq, recordedAt } = entry;
      const fact: RegistryFact = { service, type, seq, recordedAt, data: codecOf(type)?.decode(entry.data) };
      if (recordedAt > since) news.push({ fact, entry: { ...entry, data: Buffer.alloc(0) } });
      else if (fact.data !== undefined) before.apply(fact);
    }
  }
  // Those of one moment stay in the order of their ledger.
  news.sort((a, b) => a.fact.recordedAt - b.fact.recordedAt);
  return { before, facts: news.map(({ fact }) => fact), entries: news.map(({ entry }) => entry), broken };
}
