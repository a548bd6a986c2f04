import type { EstablishedUnit, UnitsReorganised } from '@gdtx/contracts/gen/gdtx/provinces/v1/facts';
import type { Day } from './days.js';
import type { ChangeKind, Edge, UnitKind } from './records.js';
import type { KindOf, Said, Statement } from './statements.js';

interface Target<New> {
  centre: string;
  default: boolean;
  established: New | undefined;
}

/**
 * A reorganisation of centres: every source leads to every target. A source that is also a target lives on, as does a
 * target that isn't described.
 */
export function reorganisation<New>(
  sources: string[],
  targets: Target<New>[],
  day: Day,
  describe: (unit: New) => Partial<Statement>,
): Said[] {
  const ids = targets.map((target) => target.centre);
  const fresh = new Map(
    targets.filter((target) => target.established).map((target) => [target.centre, target.established!]),
  );
  const extent = targets.length > 1 ? 'part' : 'whole';
  const links = targets.flatMap((target) =>
    sources.map((from): Link => ({ from, to: target.centre, extent, default: target.default, otherKind: false })),
  );
  const flow = new Flow(sources, ids, [...fresh.keys()], links);
  return [...new Set([...sources, ...ids])].map((unit): Said => {
    const begun = fresh.get(unit);
    // One act of one authority: each page names all who took part.
    return [unit, { ...statementIn(flow, unit, day), from: sources, to: ids, ...(begun ? describe(begun) : {}) }];
  });
}

/** A reorganisation of territory: one fact holds a whole province's, so each unit's page names only what touches it. */
export function territoryReorganisation(fact: UnitsReorganised, day: Day, kindOf: KindOf): Said[] {
  const fresh = new Map(fact.established.map((unit) => [unit.unit, unit]));
  const kind = (unit: string): string | undefined => fresh.get(unit)?.kind ?? kindOf(unit);
  const links = fact.parts.map((part): Link => ({
    from: part.from,
    to: part.to,
    extent: part.extent === 'part' ? 'part' : 'whole',
    default: part.default,
    otherKind: kind(part.from) !== kind(part.to),
  }));
  const [sources, targets] = [links.map((link) => link.from), links.map((link) => link.to)];
  const flow = new Flow(sources, targets, [...fresh.keys()], links);
  return [...new Set([...fresh.keys(), ...sources, ...targets])].map((unit): Said => {
    const begun = fresh.get(unit);
    return [unit, { ...statementIn(flow, unit, day), ...(begun ? described(begun) : {}) }];
  });
}

function described(unit: EstablishedUnit): Partial<Statement> {
  const { kind, name, type, officialCode, parent, location } = unit;
  return { begins: { kind: kind as UnitKind, location }, name, type, officialCode, parent };
}

interface Link {
  from: string;
  to: string;
  extent: 'whole' | 'part';
  default: boolean;
  otherKind: boolean;
}

/** Who leads to whom in one reorganisation, and who ends and begins by it. */
class Flow {
  readonly endings: ReadonlySet<string>;
  readonly begun: ReadonlySet<string>;
  private readonly bySource = new Map<string, Link[]>();
  private readonly byTarget = new Map<string, Link[]>();

  constructor(sources: string[], targets: string[], begun: string[], links: Link[]) {
    const livesOn = new Set(targets);
    this.endings = new Set(sources.filter((unit) => !livesOn.has(unit)));
    this.begun = new Set(begun);
    for (const link of links) {
      if (link.from === link.to) continue;
      push(this.bySource, link.from, link);
      push(this.byTarget, link.to, link);
    }
  }

  from(unit: string): Link[] {
    return this.bySource.get(unit) ?? [];
  }

  to(unit: string): Link[] {
    return this.byTarget.get(unit) ?? [];
  }
}

function push(map: Map<string, Link[]>, key: string, link: Link): void {
  const links = map.get(key);
  if (links) links.push(link);
  else map.set(key, [link]);
}

function statementIn(flow: Flow, unit: string, on: Day): Partial<Statement> {
  const edge = (other: string, link: Link): Edge => ({
    other,
    on,
    extent: link.extent,
    default: link.default,
    otherKind: link.otherKind,
  });
  const incoming = flow.to(unit);
  const outgoing = flow.from(unit);
  const origins = ofOwnLevel(incoming);
  const change = changeOf(flow, unit, origins, outgoing);
  const ends = flow.endings.has(unit);
  return {
    ...(change ? { change } : {}),
    ...(ends ? { ends } : {}),
    predecessors: incoming.map((link) => edge(link.from, link)),
    successors: outgoing.map((link) => edge(link.to, link)),
    from: origins.length > 0 ? [...new Set(origins.map((link) => link.from))] : [unit],
    to: outgoing.length > 0 ? [...new Set(outgoing.map((link) => link.to))] : [unit],
  };
}

/** A ward comes from communes; that it also comes from their district says nothing more. */
function ofOwnLevel(links: Link[]): Link[] {
  const own = links.filter((link) => !link.otherKind);
  return own.length > 0 ? own : links;
}

function changeOf(flow: Flow, unit: string, incoming: Link[], outgoing: Link[]): ChangeKind | undefined {
  const sources = new Set(incoming.map((link) => link.from));
  const targets = new Set(outgoing.map((link) => link.to));
  if (flow.endings.has(unit))
    return targets.size > 1 ? 'divided' : joins(flow, unit, [...targets]) ? 'merged' : 'replaced';
  if (!flow.begun.has(unit)) return livesOn(incoming, outgoing);
  if (sources.size === 0) return 'established';
  if (sources.size > 1) return 'merged';
  const [source] = [...sources];
  if (!flow.endings.has(source!)) return 'separated';
  return flow.from(source!).length > 1 ? 'divided' : 'replaced';
}

/** Whether what a unit became also took in somebody else, or was there before. */
function joins(flow: Flow, unit: string, [target]: string[]): boolean {
  if (target === undefined) return false;
  const others = ofOwnLevel(flow.to(target)).filter((link) => link.from !== unit);
  return others.length > 0 || !flow.begun.has(target);
}

function livesOn(incoming: Link[], outgoing: Link[]): ChangeKind | undefined {
  if (incoming.some((link) => !link.otherKind)) return 'merged';
  return outgoing.length > 0 ? 'separated' : undefined;
}
