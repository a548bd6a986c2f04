import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { asked } from './asked-together.js';
import {
  heardBoth,
  heardOf,
  isConcerned,
  isOfRegistry,
  NOTHING_HEARD,
  REGISTRY_HEARD,
  type About,
  type Heard,
} from './concerned.js';
import { untilShown } from './facts.js';
import type { Entry } from './types.js';

/** One entry that changed figures, as the line told it. */
export interface LiveChange {
  entry: Entry;
  indicators: string[];
  /** When it was heard here, milliseconds. */
  at: number;
}

export type Line = 'opening' | 'open' | 'lost';

export interface Live {
  line: Line;
  /** The latest first. */
  changes: readonly LiveChange[];
}

const KEPT = 30;

/** How long what is about each waits for more entries: what the platform counts for every unit is asked for less often. */
const GROUPS: readonly { about: readonly About[]; waitMs: number }[] = [
  { about: ['figures', 'follow-up', 'units'], waitMs: 150 },
  { about: ['reporting'], waitMs: 300 },
  { about: ['compared'], waitMs: 500 },
];
const REGISTRY_WAIT_MS = 150;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

const LiveContext = createContext<Live>({ line: 'opening', changes: [] });
export const useLive = (): Live => useContext(LiveContext);

/**
 * Follows `/v1/live`: what a change concerns is asked for anew, and shown without a reload. The line keeps no past, so that
 * everything is asked for anew once a lost line is found again.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>({ line: 'opening', changes: [] });
  useEffect(() => follow(client, setLive), [client]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function follow(client: QueryClient, setLive: (change: (before: Live) => Live) => void): () => void {
  let source: EventSource | undefined;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let wasLost = false;
  const groups = GROUPS.map((group) => askedAnew(client, group));
  const registry = registryAwaited(() => {
    for (const group of groups) group.hear(REGISTRY_HEARD);
  });

  const setLine = (line: Line) => setLive((before) => (before.line === line ? before : { ...before, line }));
  const lose = () => {
    wasLost = true;
    setLine('lost');
    clearTimeout(reopen);
    source?.close();
  };
  const open = () => {
    source = new EventSource('/v1/live');
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      setLine('open');
      if (wasLost) void client.invalidateQueries();
      wasLost = false;
    });
    source.addEventListener('figures', (event) => {
      const told = JSON.parse((event as MessageEvent<string>).data) as Omit<LiveChange, 'at'>;
      const heard = heardOf(told.entry, told.indicators);
      for (const group of groups) group.hear(heard);
      if (isOfRegistry(told.entry)) registry.hear(told.entry);
      const change = { ...told, at: Date.now() };
      setLive((before) => ({ ...before, changes: [change, ...before.changes].slice(0, KEPT) }));
    });
    source.addEventListener('error', () => {
      lose();
      // The browser tries again by itself only while the line was merely cut.
      reopen = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  // A device that has lost its network doesn't learn from the stream itself, which only falls silent.
  const find = () => {
    lose();
    wait = FIRST_WAIT_MS;
    open();
  };
  window.addEventListener('offline', lose);
  window.addEventListener('online', find);
  open();
  return () => {
    window.removeEventListener('offline', lose);
    window.removeEventListener('online', find);
    source?.close();
    clearTimeout(reopen);
    for (const group of groups) group.stop();
    registry.stop();
  };
}

/** Asks anew for what is about these, and may be another answer after what was heard. */
function askedAnew(client: QueryClient, { about, waitMs }: (typeof GROUPS)[number]) {
  let heard = NOTHING_HEARD;
  const anew = asked(() => {
    const told = heard;
    heard = NOTHING_HEARD;
    return client.invalidateQueries({
      predicate: ({ queryKey }) => about.includes(queryKey[0] as About) && isConcerned(queryKey, told),
    });
  }, waitMs);
  return {
    hear(more: Heard) {
      heard = heardBoth(heard, more);
      anew.soon();
    },
    stop: () => anew.stop(),
  };
}

/** An entry of the registry is told of before figures are laid out by it: says so once they are. */
function registryAwaited(isThere: () => void) {
  const latest = new Map<string, Entry>();
  const there = asked(async () => {
    const awaited = [...latest.values()];
    latest.clear();
    await Promise.all(awaited.map((entry) => untilShown(entry.service, entry, 'vn')));
    isThere();
  }, REGISTRY_WAIT_MS);
  return {
    hear(entry: Entry) {
      latest.set(entry.service, entry);
      there.soon();
    },
    stop: () => there.stop(),
  };
}
