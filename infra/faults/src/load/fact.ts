import type { Owner } from '@gdtx/service-kit/services';

/** What a fact adds to the figures, for who computes them from what was acknowledged. */
export type Effect =
  | { kind: 'flow'; indicator: string; unit: string; value: number }
  /** Holds from its day until a later one; of two of one day, the one with the higher seq. */
  | { kind: 'level'; indicator: string; unit: string; day: string; value: number }
  /** Of two for the same unit, indicator and year, the one with the higher seq. */
  | { kind: 'target'; indicator: string; unit: string; year: number; value: number };

export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  data: Record<string, unknown>;
}

/** A fact as it is sent, with what is known of it. */
export interface LoadFact {
  id: string;
  service: Owner;
  /** Whose ledger it goes to. */
  unit: string;
  event: CloudEvent;
  effects: readonly Effect[];
  /** A withdrawal: the id of the fact that it takes back, and the fact that takes its place. */
  withdraws?: string;
  correction?: LoadFact;
}

export function loadFact(
  fact: { id: string; service: Owner; unit: string; name: string; data: Record<string, unknown>; source?: string },
  effects: readonly Effect[] = [],
): LoadFact {
  const { id, service, unit, name, data, source = unit } = fact;
  const event = { specversion: '1.0' as const, id, source: `urn:gdtx:unit:${source}`, data };
  return { id, service, unit, effects, event: { ...event, type: `vn.gdtx.${service}.${name}.v1` } };
}
