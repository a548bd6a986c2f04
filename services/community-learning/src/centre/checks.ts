import type { Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import type { Day, GivenDate } from '@gdtx/territory/days';
import type { Registry } from '@gdtx/territory/registry';
import { aliveAround } from '../unit-years.js';

/** What decisions on the lives of community centres have in common. */

/** Each for the communes and centres of their own. */
export const ROLES = ['registrar', 'commune-officer', 'province-officer'] as const;

/** `path` leads to what names the centre. */
export function livesOn(registry: Registry, centre: string, day: Day, path: string): Refusal | undefined {
  return firstRefusal(
    () => unitOfKind(registry, centre, ['community-centre'], `${path}.centre`),
    () => unitAlive(registry, centre, day, `${path}.centre`),
  );
}

export function inLivingCommune(
  registry: Registry,
  commune: string,
  date: GivenDate,
  path: string,
): Refusal | undefined {
  return firstRefusal(
    () => unitOfKind(registry, commune, ['commune'], path),
    () => aliveAround(registry, commune, date, path),
  );
}
