import { addDays } from '@gdtx/territory/days';
import { earlierDay, LAST_DAY } from './calendar.js';
import { simulatedFact, type Service, type SimulatedFact } from './fact.js';
import type { Random } from './random.js';
import type { Draft } from './reporter.js';

/** How often something goes wrong, as shares of the facts to which it can happen. */
export interface Mishaps {
  /** A wrong number, which is corrected later. */
  corrected: number;
  /** A wrong number that stands. */
  outlier: number;
  /** Said under two ids, and one taken back. */
  doubled: number;
  /** Forgotten, and said weeks or months later. */
  late: number;
  /** The very same sent once more: a duplicate. */
  resent: number;
  /** The same said under another id: refused. */
  again: number;
}

export const MISHAPS: Mishaps = {
  corrected: 0.02,
  outlier: 0.0015,
  doubled: 0.01,
  late: 0.03,
  resent: 0.002,
  again: 0.001,
};

/** The fact as it is really sent, with all that follows from how. */
export function withMishaps(draft: Draft, fact: SimulatedFact, rng: Random, often: Mishaps): SimulatedFact[] {
  if (draft.mayBeLate && rng.chance(often.late)) return [{ ...fact, recordedOn: after(fact, rng.int(40, 200)) }];
  if (draft.wrong && rng.chance(often.corrected)) {
    const wrong = { ...withData(fact, draft.wrong), isNamed: true as const };
    const days = rng.chance(0.15) ? rng.int(60, 240) : rng.int(1, 45);
    const correction = { id: `${fact.event.id}.c`, type: fact.event.type, data: fact.event.data };
    return [wrong, withdrawal(wrong, days, { reason: rng.pick(REASONS), correction })];
  }
  if (draft.wrong && rng.chance(often.outlier)) return [{ ...withData(fact, draft.wrong), slip: 'outlier' }];
  if (draft.mayBeDoubled && rng.chance(often.doubled)) {
    const second = { ...withId(fact, `${fact.event.id}.d`), isNamed: true as const };
    return [fact, second, withdrawal(second, rng.int(1, 60), { reason: 'Nhập trùng' })];
  }
  if (rng.chance(often.resent)) return [fact, { ...fact, recordedOn: after(fact, rng.int(0, 4)), earns: 'duplicate' }];
  if (draft.again && rng.chance(often.again)) {
    return [
      fact,
      { ...withId(fact, `${fact.event.id}.t`), recordedOn: after(fact, rng.int(0, 9)), earns: draft.again },
    ];
  }
  return [fact];
}

const REASONS = ['Nhập nhầm số liệu', 'Nhầm đơn vị tính', 'Bổ sung sau khi rà soát'];

function withdrawal(target: SimulatedFact, days: number, data: Record<string, unknown>): SimulatedFact {
  const { id, type } = target.event;
  const fact = simulatedFact({
    ...{ id: `${id}.w`, service: type.split('.')[2] as Service, name: 'EntryWithdrawn' },
    ...{ source: target.ledger, ledger: target.ledger, recordedOn: after(target, days) },
    data: { unit: target.ledger, ...data },
  });
  return { ...fact, names: { id, field: 'seq' } };
}

const after = ({ recordedOn }: SimulatedFact, days: number) => earlierDay(addDays(recordedOn, days), LAST_DAY);

function withData(fact: SimulatedFact, data: Record<string, unknown>): SimulatedFact {
  return { ...fact, event: { ...fact.event, data } };
}

function withId(fact: SimulatedFact, id: string): SimulatedFact {
  return { ...fact, event: { ...fact.event, id } };
}
