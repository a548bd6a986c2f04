import type { Body, Party } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { TERRITORY } from '@gdtx/ledger/registry-rules';
import { firstRefusal, unitAlive, unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, onDay, type GivenDate } from '@gdtx/territory/days';
import { isWithin } from '@gdtx/territory/maps';
import type { Registry, UnitKind } from '@gdtx/territory/registry';

/** Units in whose name an authority acts. */
const LEVELS: Partial<Record<UnitKind, string>> = {
  country: 'ministry',
  province: 'province',
  district: 'district',
  commune: 'commune',
};

/** Every unit, body and territory named lives on one of the days that the date allows. */
export function partiesLive(
  registry: Registry,
  parties: readonly Party[],
  date: GivenDate,
  path: string,
): Refusal | undefined {
  return firstRefusal(...parties.map((party, i) => () => partyLives(registry, party, date, `${path}.${i}`)));
}

function partyLives(registry: Registry, party: Party, date: GivenDate, path: string): Refusal | undefined {
  if (party.unit) return alive(registry, party.unit, date, `${path}.unit`);
  if (party.body) return alive(registry, party.body.of, date, `${path}.body.of`);
  const territory = party.every!.in;
  return firstRefusal(
    () => unitOfKind(registry, territory, TERRITORY, `${path}.every.in`),
    () => alive(registry, territory, date, `${path}.every.in`),
  );
}

export function bodiesLive(
  registry: Registry,
  bodies: readonly Body[],
  date: GivenDate,
  path: string,
): Refusal | undefined {
  return firstRefusal(
    ...bodies.map(
      ({ of }, i) =>
        () =>
          alive(registry, of, date, `${path}.${i}.of`),
    ),
  );
}

export function unitsLive(
  registry: Registry,
  units: readonly string[],
  day: string,
  path: string,
): Refusal | undefined {
  return firstRefusal(...units.map((unit, i) => () => unitAlive(registry, unit, day, `${path}.${i}`)));
}

export function placeLives(registry: Registry, place: string, date: GivenDate | string): Refusal | undefined {
  return place ? alive(registry, place, typeof date === 'string' ? onDay(date) : date, 'data.place') : undefined;
}

/** The authority is an office of the unit in whose name it acts, and of that unit's level. */
export function actsInItsName(
  registry: Registry,
  source: string,
  authority: Body | undefined,
  level: string,
): Refusal | undefined {
  if (authority && authority.of !== source) {
    const message = `\`${authority.body}\` is an office of \`${authority.of}\`; it can't act in the name of \`${source}\`.`;
    return refuse('not-the-authority', message, 'data.authority.of');
  }
  const itsLevel = LEVELS[registry.unit(source)!.kind];
  if (!level || level === itsLevel) return undefined;
  return refuse('level-mismatch', `\`${source}\` acts at the level \`${itsLevel}\`, not \`${level}\`.`, 'data.level');
}

/** An office asked to do something belongs to the asking unit's territory, or stands above it. */
export function bodiesInReach(
  registry: Registry,
  source: string,
  parties: readonly Party[],
  day: string,
  path: string,
): Refusal | undefined {
  const far = parties.findIndex(({ body }) => {
    return body && !isWithin(registry, body.of, [source], day) && !isWithin(registry, source, [body.of], day);
  });
  if (far < 0) return undefined;
  const message = `\`${parties[far]!.body!.of}\` is neither in the territory of \`${source}\` nor above it.`;
  return refuse('not-its-territory', message, `${path}.${far}.body.of`);
}

/** Units and territories that parties name: whoever writes must have a right to them. */
export function unitsOf(parties: readonly Party[]): string[] {
  return parties.flatMap(({ unit, every }) => [...(unit ? [unit] : []), ...(every ? [every.in] : [])]);
}

/** A coarse date fits a unit that lived on its first or on its last day. */
function alive(registry: Registry, unit: string, date: GivenDate, path: string): Refusal | undefined {
  const first = unitAlive(registry, unit, firstDay(date), path);
  return first && unitAlive(registry, unit, lastDay(date), path) ? first : undefined;
}
