import { codecOf } from '@gdtx/contracts/fact-codecs';
import { centresRules } from '@gdtx/centres/rules';
import { rules as communityLearningRules } from '@gdtx/community-learning/rules';
import { commonRules } from '@gdtx/ledger/common-rules';
import { typeOf, type FactRule } from '@gdtx/ledger/fact';
import { parseFact } from '@gdtx/ledger/parse-fact';
import { rules as programmesRules } from '@gdtx/programmes/rules';
import type { Registry, RegistryService } from '@gdtx/territory/registry';
import { LedgerOf } from '../../../services/dashboard/test/ledger-of.js';
import { ToldModel } from '../../../services/dashboard/test/told-model.js';
import type { SimulatedFact } from '../src/nation/fact.js';
import type { Nation } from '../src/nation/nation.js';
import { territory } from './owners.js';

/** Read once for all nations of a test. */
let base: Registry | undefined;

/**
 * A nation's facts as entries and folded, without anybody deciding on them: that they are accepted is another test's. What is
 * sent again or earns a refusal isn't told.
 */
export class ToldNation {
  readonly registry: Registry;
  readonly told: ToldModel;
  /** What stays wrong in it. */
  readonly slips: SimulatedFact[] = [];
  private readonly ledgers = new Map<string, LedgerOf>();
  private readonly seqs = new Map<string, number>();

  /** `isTold`: of which units. */
  constructor(nation: Nation, isTold: (unit: string) => boolean) {
    base ??= territory();
    this.registry = base.fork();
    for (const fact of nation.registry) this.register(fact);
    for (const fact of nation.reports(isTold)) this.tell(fact);
    this.told = new ToldModel(...this.ledgers.values());
  }

  private register({ event }: SimulatedFact): void {
    const service = serviceOf(event.type) as RegistryService;
    const { seq, recordedAt } = this.ledger(service, 'vn').tell(nameOf(event.type), dataOf(event));
    const data = codecOf(event.type)!.decode(this.ledger(service, 'vn').entries.at(-1)!.data);
    this.registry.apply({ service, type: event.type, data, seq, recordedAt } as never);
  }

  private tell(fact: SimulatedFact): void {
    const { event, earns, names, slip } = fact;
    if (earns) return;
    if (slip) this.slips.push(fact);
    const ledger = this.ledger(serviceOf(event.type), fact.ledger);
    const recordedAt = Date.parse(event.time);
    const source = event.source.slice('urn:gdtx:unit:'.length);
    if (nameOf(event.type) === 'EntryWithdrawn') {
      ledger.withdraw(this.seqs.get(names!.id)!, { recordedAt });
      const correction = event.data['correction'] as { type: string; data: Record<string, unknown> } | undefined;
      if (correction) ledger.tell(nameOf(correction.type), dataOf({ ...event, ...correction }), { recordedAt, source });
      return;
    }
    const data = names ? { ...event.data, [names.field]: this.seqs.get(names.id) } : event.data;
    const { seq } = ledger.tell(nameOf(event.type), dataOf({ ...event, data }), { recordedAt, source });
    this.seqs.set(event.id, seq);
  }

  private ledger(service: string, unit: string): LedgerOf {
    const name = `${service}/${unit}`;
    let ledger = this.ledgers.get(name);
    if (!ledger) this.ledgers.set(name, (ledger = new LedgerOf(service, unit)));
    return ledger;
  }
}

const RULES = new Map<string, FactRule<never>>(
  Object.entries({
    centres: centresRules,
    programmes: programmesRules,
    'community-learning': communityLearningRules,
  }).flatMap(([service, own]) =>
    [...own, ...commonRules].map((rule): [string, FactRule<never>] => [
      typeOf(service, rule.name),
      rule as FactRule<never>,
    ]),
  ),
);

/** A fact's message, as its form makes it of JSON. */
function dataOf({ id, source, type, time, data }: SimulatedFact['event']): object {
  const parsed = parseFact({ id, source, type, time, data: Buffer.from(JSON.stringify(data)) }, RULES);
  if (!parsed.ok) throw new Error(`${type}: ${parsed.refusal.message}`);
  return parsed.parsed.fact.data as object;
}

const serviceOf = (type: string): string => type.split('.')[2]!;
const nameOf = (type: string): string => type.split('.')[3]!;
