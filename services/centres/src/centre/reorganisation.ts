import type { CentresReorganised, TargetCentre } from '@gdtx/contracts/gen/gdtx/centres/v1/facts';
import { defineFact } from '@gdtx/ledger/define-fact';
import type { FactRule } from '@gdtx/ledger/fact';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { firstRefusal, unitOfKind } from '@gdtx/ledger/unit-rules';
import { dayBefore, firstDay, type Day } from '@gdtx/territory/days';
import { isAlive } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { centreKeys, changed, legalAct, withAct } from '../centre-page.js';
import { canEnd, happened, idUnused, notMixed, saysSimulated, staysAsItWas } from '@gdtx/ledger/registry-rules';
import { bodyOf, each, onceEach, place } from '../checks.js';
import { centresReorganised } from './centre-facts.js';

/** A decision on several centres at once: who ends, who begins, who lives on, all in one fact. */
const reorganised = defineFact({
  ...centresReorganised,
  keys: ({ data }) => centreKeys(...concerned(data)),
  writes: ({ data }) => [
    ...data.sources,
    ...data.targets.map(({ centre, established }) => (established ? established.seat : centre)),
  ],
  decide({ data }, _states, { registry, today }) {
    const day = firstDay(data.effectiveOn);
    const targets = data.targets.map((target) => target.centre);
    return firstRefusal(
      () => happened(data.effectiveOn, today, 'data.effectiveOn'),
      () => onceEach(data.sources, 'data.sources'),
      () => onceEach(targets, 'data.targets'),
      () => shape(data),
      () => oneDefault(data.targets),
      () =>
        each(data.sources, 'data.sources', (source, path) =>
          targets.includes(source) ? livesOn(registry, source, day, path) : ends(registry, source, day, path),
        ),
      () => each(data.targets, 'data.targets', (target, path) => isThere(registry, target, day, path)),
      () => allSimulatedOrNone(registry, data),
    );
  },
  evolve(fact, states) {
    const act = legalAct(fact, 'CentresReorganised', fact.data.effectiveOn!);
    const pages = concerned(fact.data).map((centre) => changed(states, centre, (page) => withAct(page, act)));
    return Object.assign({}, ...pages) as Record<string, unknown>;
  },
});

function concerned({ sources, targets }: CentresReorganised): string[] {
  return [...new Set([...sources, ...targets.map((target) => target.centre)])];
}

/** What each form needs, and the sentence that says so. */
const FORMS: Record<string, { fits(counted: Counted): boolean; needs: string }> = {
  consolidation: {
    fits: (n) => n.ending >= 2 && n.living === 0 && n.begun === 1,
    needs: 'two or more sources that end, and one target with `established`',
  },
  absorption: {
    fits: (n) => n.ending >= 1 && n.living === 1 && n.begun === 0 && !n.sourceLives,
    needs: 'sources that end, and one target without `established` that is no source and lives on',
  },
  division: {
    fits: (n) => n.ending === 1 && n.living === 0 && n.begun >= 2,
    needs: 'one source that ends, and two or more targets with `established`',
  },
  separation: {
    fits: (n) => n.ending === 0 && n.living === 1 && n.begun >= 1 && n.sourceLives,
    needs: 'one source that is a target too and lives on, and one or more targets with `established`',
  },
};

interface Counted {
  /** Sources that are no target. */
  ending: number;
  /** Targets that aren't described: they were there before. */
  living: number;
  /** Targets that are described: they begin by it. */
  begun: number;
  /** The one that lives on is a source. */
  sourceLives: boolean;
}

function shape(data: CentresReorganised): Refusal | undefined {
  const { form, sources, targets } = data;
  const both = targets.findIndex((target) => target.established && sources.includes(target.centre));
  if (both >= 0) {
    const sentence = `\`${targets[both]!.centre}\` is a source: it was there before and can't be \`established\`.`;
    return refuse('wrong-form', sentence, `data.targets.${both}.established`);
  }
  const ids = targets.map((target) => target.centre);
  const living = targets.filter((target) => !target.established);
  const counted: Counted = {
    ending: sources.filter((source) => !ids.includes(source)).length,
    living: living.length,
    begun: targets.length - living.length,
    sourceLives: sources.some((source) => ids.includes(source)),
  };
  const { fits, needs } = FORMS[form]!;
  if (fits(counted)) return undefined;
  return refuse('wrong-form', `A ${form} needs ${needs}.`, 'data.form');
}

function oneDefault(targets: readonly TargetCentre[]): Refusal | undefined {
  const second = targets.findLastIndex((target) => target.default);
  if (second < 0 || targets.findIndex((target) => target.default) === second) return undefined;
  return refuse('contradicts', 'Two targets are the default successor.', `data.targets.${second}.default`);
}

function ends(registry: Registry, source: string, day: Day, path: string): Refusal | undefined {
  return unitOfKind(registry, source, ['centre'], path) ?? canEnd(registry.unit(source)!, day, path);
}

function livesOn(registry: Registry, centre: string, day: Day, path: string): Refusal | undefined {
  const refusal = unitOfKind(registry, centre, ['centre'], path);
  if (refusal) return refusal;
  const record = registry.unit(centre)!;
  if (isAlive(record, dayBefore(day)) && isAlive(record, day)) return undefined;
  return refuse('not-alive', `\`${centre}\` doesn't live both before and after ${day}.`, path);
}

function isThere(
  registry: Registry,
  { centre, established }: TargetCentre,
  day: Day,
  path: string,
): Refusal | undefined {
  if (!established) return livesOn(registry, centre, day, `${path}.centre`);
  return firstRefusal(
    () => idUnused(registry, centre, `${path}.centre`),
    () => place(registry, established.seat, day, `${path}.established.seat`),
    () => bodyOf(registry, established.authority, day, `${path}.established.authority`),
  );
}

/** All who take part are simulated, or none is. */
function allSimulatedOrNone(registry: Registry, { sources, targets }: CentresReorganised): Refusal | undefined {
  const simulated = registry.unit(sources[0]!)!.simulated ?? false;
  return firstRefusal(
    () => each(sources, 'data.sources', (source, path) => notMixed(registry, simulated, source, path)),
    () =>
      each(targets, 'data.targets', ({ centre, established }, path) =>
        established
          ? (saysSimulated(simulated, established.simulated, `${path}.established`) ??
            staysAsItWas(registry, centre, simulated, `${path}.centre`))
          : notMixed(registry, simulated, centre, `${path}.centre`),
      ),
  );
}

export const reorganisationRules: FactRule<never>[] = [reorganised];
