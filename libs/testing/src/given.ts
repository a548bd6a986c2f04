import { decide } from '@gdtx/ledger/decide';
import { typeOf, type Context, type FactRule, type States } from '@gdtx/ledger/fact';
import { parseFact, type ParsedFact } from '@gdtx/ledger/parse-fact';
import type { Refusal } from '@gdtx/ledger/refusal';
import type { Caller, Role } from '@gdtx/service-kit/tokens';
import { Registry } from '@gdtx/territory/registry';

/** A fact as a test writes it: its name, its data as a publisher's JSON; source and id where they matter. */
export interface TestFact {
  name: string;
  data: unknown;
  source?: string;
  id?: string;
}

/** A unit's fact of another service, for the registry: the fact's JSON is turned into its message by `rules`. */
export interface World {
  service: string;
  rules: FactRule<never>[];
  /** Units that exist already. */
  registry?: Registry;
  today?: string;
  /** Default: every role, every unit. */
  caller?: Partial<Caller>;
}

const EVERY_ROLE: Role[] = ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher'];

/**
 * given(world, entries).when(fact).then(…): decides without any I/O. An entry that is refused while the history is told
 * fails the test.
 */
export function given(world: World, history: TestFact[] = []) {
  const registry = (world.registry ?? Registry.empty()).fork();
  const today = world.today ?? '2026-01-15';
  const rules = new Map(world.rules.map((r) => [typeOf(world.service, r.name), r]));
  const states = new Map<string, unknown>();
  const view: States = { get: <S>(key: string) => states.get(key) as S | undefined };
  let seq = 0;

  function tell(fact: TestFact, caller: Caller): { parsed?: ParsedFact; ledger?: string; refusal?: Refusal } {
    seq += 1;
    const parsed = parseFact(
      {
        id: fact.id ?? `test-${seq}`,
        source: `urn:gdtx:unit:${fact.source ?? 'vn'}`,
        type: typeOf(world.service, fact.name),
        time: '',
        data: Buffer.from(JSON.stringify(fact.data)),
      },
      rules,
    );
    if (!parsed.ok) return { refusal: parsed.refusal };
    const context: Context = { today, registry, headOf: () => seq };
    const { fact: read, rule } = parsed.parsed;
    const keys = (rule as unknown as FactRule).keys(read);
    const limited: States = {
      get: <S>(key: string) => {
        if (!keys.includes(key)) throw new Error(`${fact.name} read the state ${key}, which isn't among its keys`);
        return view.get<S>(key);
      },
    };
    const decision = decide(rule, read, caller, limited, context);
    if (!decision.accepted) return { refusal: decision.refusal };
    const changes = (rule as unknown as FactRule).evolve(read, limited);
    for (const [key, value] of Object.entries(changes)) {
      if (!keys.includes(key)) throw new Error(`${fact.name} changed the state ${key}, which isn't among its keys`);
      states.set(key, value);
    }
    if (rule.ledger === 'vn') {
      registry.apply({ service: world.service, type: read.type, data: read.data, seq, recordedAt: seq });
    }
    return { parsed: parsed.parsed, ledger: decision.ledger };
  }

  const all: Caller = { subject: 'test', roles: EVERY_ROLE, units: ['vn'], ...world.caller };
  for (const fact of history) {
    const { refusal } = tell(fact, { ...all, roles: EVERY_ROLE, units: ['vn'] });
    if (refusal) throw new Error(`the history holds a fact that is refused: ${fact.name}: ${refusal.message}`);
  }

  return {
    when(fact: TestFact) {
      const outcome = tell(fact, all);
      return {
        ...outcome,
        /** The ledger that took it; throws when it was refused. */
        accepted(): string {
          if (outcome.refusal) throw new Error(`refused: ${outcome.refusal.slug}: ${outcome.refusal.message}`);
          return outcome.ledger!;
        },
        /** The refusal; throws when it was accepted. */
        refused(): Refusal {
          if (!outcome.refusal) throw new Error('it was accepted');
          return outcome.refusal;
        },
        state: <S>(key: string): S | undefined => states.get(key) as S | undefined,
        registry,
      };
    },
    states,
    registry,
  };
}
