import type { Day } from '@gdtx/territory/days';

export type Service = 'centres' | 'programmes' | 'community-learning';

/** A CloudEvent as the gateway takes it. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  data: Record<string, unknown>;
}

/** A fact of a simulated nation, with what its publisher must know of it. */
export interface SimulatedFact {
  event: CloudEvent;
  /** The ledger that it goes into: facts of one ledger are sent in their order. */
  ledger: string;
  /** The day on which its publisher would have sent it. */
  recordedOn: Day;
  /** A later fact names it by its number in the ledger. */
  isNamed?: true;
  /** The field of the data that takes the number of an earlier fact of the same ledger. */
  names?: { id: string; field: 'seq' | 'upToSeq' };
  /** What comes back where that isn't `accepted`: `duplicate`, or the slug of the refusal that it earns. */
  earns?: string;
  /** What is wrong with it and stays so: a number far off, or a control total that isn't what was said. */
  slip?: Slip;
}

export type Slip = 'outlier' | 'wrong-total';

export interface Saying {
  id: string;
  service: Service;
  name: string;
  /** In whose name. */
  source: string;
  ledger: string;
  recordedOn: Day;
  data: Record<string, unknown>;
}

export function simulatedFact({ id, service, name, source, ledger, recordedOn, data }: Saying): SimulatedFact {
  return {
    event: {
      specversion: '1.0',
      id,
      source: `urn:gdtx:unit:${source}`,
      type: `vn.gdtx.${service}.${name}.v1`,
      // Nine in the morning in Viet Nam.
      time: `${recordedOn}T02:00:00Z`,
      data,
    },
    ledger,
    recordedOn,
  };
}

/** Says on every line of a lineage where it comes from. */
export const SOURCE = { title: 'Mô phỏng (npm run simulate)' };

/** A simulated unit bears it in its name too, for whoever reads a list without marks. */
export const named = (vi: string, en: string) => ({ vi: `${vi} (mô phỏng)`, en: `${en} (simulated)` });
