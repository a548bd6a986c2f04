import { loadFact, type LoadFact } from './fact.js';

/** The units that the load is about: enough for every partition to have some, and few enough that their ledgers grow long. */
export const PROVINCES = list('province', 4);
export const CENTRES = list('centre', 20);
export const COMMUNITY_CENTRES = list('community', 12);
export const CLASSES = ['k10', 'k11', 'k12'] as const;
export const YEARS = [2023, 2024, 2025] as const;
/** Findings belong to a visit, whose state names all of them: so there are many visits. */
export const visitOf = (province: string, n: number): string => `visit-${province}-${n}`;
export const VISITS = 40;

function list(stem: string, many: number): readonly string[] {
  return Array.from({ length: many }, (_, n) => `fault-${stem}-${n + 1}`);
}

const SINCE = { notAfter: '2000-01-01' };
const name = (id: string) => ({ vi: id });

function territory(unit: string, kind: string, parent?: string): LoadFact {
  const data = { unit, kind, name: name(unit), effectiveOn: SINCE, ...(parent && { parent }) };
  return loadFact({ id: `world-${unit}`, service: 'provinces', unit: 'vn', name: 'UnitEstablished', data });
}

/** What must be known before anybody reports, in the order in which it rests on each other. */
export function world(): LoadFact[] {
  const provinceOf = (n: number) => PROVINCES[n % PROVINCES.length]!;
  return [
    territory('vn', 'country'),
    ...PROVINCES.map((id) => territory(id, 'province', 'vn')),
    ...PROVINCES.map((id) => territory(`${id}-district`, 'district', id)),
    ...COMMUNITY_CENTRES.map((id, n) => territory(`${id}-commune`, 'commune', `${provinceOf(n)}-district`)),
    ...CENTRES.map((centre, n) => {
      const data = { centre, kind: 'gdtx', name: name(centre), seat: provinceOf(n), knownSince: '2010-01-01' };
      return loadFact({ id: `world-${centre}`, service: 'centres', unit: 'vn', name: 'CentreEstablished', data });
    }),
    ...COMMUNITY_CENTRES.map((centre) => {
      const data = { centre, commune: `${centre}-commune`, name: name(centre), knownSince: '2010-01-01' };
      const named = { service: 'community-learning' as const, name: 'CommunityCentreEstablished' };
      return loadFact({ id: `world-${centre}`, unit: 'vn', data, ...named });
    }),
    ...CENTRES.flatMap((unit) =>
      CLASSES.map((id) => {
        const data = { class: id, type: 'upper-secondary', openedOn: '2023-09-01' };
        return loadFact({ id: `world-${unit}-${id}`, service: 'programmes', unit, name: 'ClassOpened', data });
      }),
    ),
    ...PROVINCES.flatMap((unit) => Array.from({ length: VISITS }, (_, n) => visit(unit, n))),
  ];
}

function visit(province: string, n: number): LoadFact {
  const data = {
    ...{ visit: visitOf(province, n), kind: 'working-session', occurredOn: '2024-03-05', level: 'province' },
    ...{ authority: { body: 'Sở GDĐT', of: province }, place: province },
  };
  const named = { id: `world-visit-${province}-${n}`, service: 'inspections' as const, name: 'VisitMade' };
  return loadFact({ ...named, unit: province, data });
}
