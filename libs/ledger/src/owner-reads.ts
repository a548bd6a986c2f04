import type { RequestHandler, Response } from 'express';
import { callerOf } from '@gdtx/service-kit/http';
import { notYours } from '@gdtx/service-kit/problem';
import type { Registry } from '@gdtx/territory/registry';
import type { LedgerStore } from './ledger-store.js';
import { mayReadUnit } from './may-read.js';

/** What a service's own reads are made of. */
export interface OwnerReads {
  /** Puts the caller into the response, or answers 401. */
  authenticated: RequestHandler;
  registry(): Registry;
  /** Today in Viet Nam. */
  today(): string;
  /** Unless the caller may read what is said of the unit: throws a 403 problem, or 404 when there is no such unit. */
  mayRead(res: Response, unit: string): void;
  states: {
    get<S>(key: string): Promise<S | undefined>;
    /** States whose keys begin with `prefix`, by key, after the key `after`. */
    list<S>(prefix: string, page: { after?: string | undefined; limit: number }): Promise<{ key: string; state: S }[]>;
  };
}

export function createOwnerReads(options: {
  store: LedgerStore;
  authenticated: RequestHandler;
  registry: () => Registry;
  today: () => string;
}): OwnerReads {
  const { store, authenticated, registry, today } = options;
  return {
    authenticated,
    registry,
    today,
    mayRead(res, unit) {
      if (mayReadUnit(callerOf(res), registry(), unit, today())) return;
      throw notYours(unit, registry().has(unit));
    },
    states: {
      async get<S>(key: string) {
        const found = await store.states.findOne({ _id: key });
        return (found?.state ?? undefined) as S | undefined;
      },
      async list<S>(prefix: string, { after, limit }: { after?: string | undefined; limit: number }) {
        // The upper bound is the prefix followed by the highest code point that a key can hold.
        const range = { $gte: prefix, $lt: `${prefix}\u{10ffff}`, ...(after ? { $gt: after } : {}) };
        const found = await store.states
          .find({ _id: range, state: { $ne: null } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray();
        return found.map((s) => ({ key: s._id, state: s.state as S }));
      },
    },
  };
}
