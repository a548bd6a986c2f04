import { codecOf } from '@gdtx/contracts/fact-codecs';
import { centresRules } from '@gdtx/centres/rules';
import { rules as communityLearningRules } from '@gdtx/community-learning/rules';
import type { DecidedBatch, Outcome, Snapshot } from '@gdtx/ledger/decide-batch';
import type { EntryDocument } from '@gdtx/ledger/documents';
import { typeOf } from '@gdtx/ledger/fact';
import { parseFact } from '@gdtx/ledger/parse-fact';
import { rules as programmesRules } from '@gdtx/programmes/rules';
import { provincesRules } from '@gdtx/provinces/rules';
import { Registry } from '@gdtx/territory/registry';
import { MemoryLedger } from '../../../libs/ledger/test/memory-ledger.js';
import type { SimulatedFact } from '../src/nation/fact.js';
import { reference } from './reference.js';

/** The owners' own rules over ledgers in memory, large ones too: it copies nothing that it only reads. */
class Owner extends MemoryLedger {
  private readonly existing = new Map<string, EntryDocument>();

  override snapshot(): Snapshot {
    const { service, heads, states, registry, now, existing } = this;
    return { service, heads, states, registry, existing, moment: now, today: new Date(now).toISOString().slice(0, 10) };
  }

  override store(decided: DecidedBatch): void {
    super.store(decided);
    for (const entry of decided.commit.entries) this.existing.set(entry._id, entry);
  }
}

/** The reference as a registry, without deciding on it again. */
export function territory(): Registry {
  const registry = Registry.empty();
  const rules = new Map(provincesRules.map((rule) => [typeOf('provinces', rule.name), rule]));
  for (const [index, { id, type, data }] of reference.entries()) {
    const sent = { id, type, source: 'urn:gdtx:unit:vn', time: '', data: Buffer.from(JSON.stringify(data)) };
    const parsed = parseFact(sent, rules);
    if (!parsed.ok) throw new Error(parsed.refusal.message);
    registry.apply({ service: 'provinces', type, data: parsed.parsed.fact.data, seq: index + 1, recordedAt: 0 });
  }
  return registry;
}

export class Owners {
  readonly all: Record<string, Owner>;
  private readonly numbers = new Map<string, number>();

  constructor(registry: Registry) {
    this.all = {
      centres: new Owner('centres', centresRules, registry),
      'community-learning': new Owner('community-learning', communityLearningRules, registry),
      programmes: new Owner('programmes', programmesRules, registry),
    };
    for (const owner of Object.values(this.all)) owner.now = Date.parse('2026-03-15T05:00:00Z');
  }

  /** Records a fact as its owner does, with the number that it names; gives its outcome. */
  async record({ event, isNamed, names }: SimulatedFact): Promise<Outcome> {
    const service = event.type.split('.')[2]!;
    const owner = this.all[service]!;
    const data = names ? { ...event.data, [names.field]: this.numbers.get(names.id) } : event.data;
    const source = event.source.slice('urn:gdtx:unit:'.length);
    const before = owner.entries.length;
    const [outcome] = await owner.record([{ id: event.id, name: event.type, source, data }]);
    if (isNamed && outcome!.status !== 'refused') this.numbers.set(event.id, outcome!.receipt.seq);
    for (const entry of owner.entries.slice(before)) if (entry.unit === 'vn') this.tellOthers(owner, entry);
    return outcome!;
  }

  private tellOthers(owner: Owner, { type, data, seq, recordedAt }: EntryDocument): void {
    for (const other of Object.values(this.all)) {
      if (other === owner) continue;
      other.registry.apply({ service: owner.service, type, data: codecOf(type)!.decode(data), seq, recordedAt });
    }
  }
}
