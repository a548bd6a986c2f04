import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { rules as communityLearningRules } from '@gdtx/community-learning/rules';
import { centresRules } from '@gdtx/centres/rules';
import { canonicalJson } from '@gdtx/ledger/canonical-json';
import { commonRules } from '@gdtx/ledger/common-rules';
import { canonicalEntry } from '@gdtx/ledger/entry';
import { SOURCE_PREFIX, typeOf, type FactRule } from '@gdtx/ledger/fact';
import { chainHash, GENESIS } from '@gdtx/ledger/hashes';
import { rules as programmesRules } from '@gdtx/programmes/rules';
import { provincesRules } from '@gdtx/provinces/rules';
import type { Random } from './random.js';
import type { Told } from './told.js';

/** The forms of each service's facts: nothing enters the data set that its owner's form would refuse. */
export const RULES: Record<string, readonly FactRule<never>[]> = {
  provinces: [...provincesRules, ...commonRules],
  centres: [...centresRules, ...commonRules],
  programmes: [...programmesRules, ...commonRules],
  'community-learning': [...communityLearningRules, ...commonRules],
};

interface Head {
  seq: number;
  hash: Buffer;
  recordedAt: number;
}

/** An entry, and what its hash is over. */
export interface Entered {
  entry: Entry;
  canonical: Buffer;
}

/** Makes entries of what is told: numbered in their ledgers, each hash over the one before. As owners do, without deciding. */
export class Book {
  private readonly heads = new Map<string, Head>();
  private readonly rules = new Map<string, FactRule>();
  /** Of what is going to be taken back: its entry and its JSON. */
  private readonly kept = new Map<Told, { entry: Entry; json: object }>();

  constructor(private readonly random: Random) {
    for (const [service, rules] of Object.entries(RULES)) {
      for (const rule of rules) this.rules.set(`${service}/${rule.name}`, rule as unknown as FactRule);
    }
  }

  /** `keep`: it will be taken back. */
  enter(told: Told, at: number, keep: boolean): Entered {
    const { service, name, source } = told;
    const rule = this.rules.get(`${service}/${name}`)!;
    const { json, message } = told.withdraws ? this.withdrawal(told) : { json: told.data, message: undefined };
    const data = message ?? rule.message.fromPartial(rule.schema.parse(json) as never);
    const unit = ledgerOf(rule, source, json);
    const head = this.heads.get(`${service}/${unit}`) ?? { seq: 0, hash: GENESIS, recordedAt: 0 };
    const seq = head.seq + 1;
    const recordedAt = Math.max(at, head.recordedAt);
    const recordedBy = `${source} (${rule.roles[0]})`;
    const id = this.id(at);
    const from = SOURCE_PREFIX + source;
    const type = typeOf(service, name);
    const canonicalData = canonicalJson(json);
    const content = { service, unit, seq, id, source: from, type, time: '', recordedAt, recordedBy, canonicalData };
    const canonical = canonicalEntry(content);
    const hash = chainHash(head.hash, canonical);
    this.heads.set(`${service}/${unit}`, { seq, hash, recordedAt });
    const bytes = Buffer.from(rule.message.encode(data as never).finish());
    const entry: Entry = {
      ...{ service, unit, seq, id, source: from, type, time: '', recordedAt },
      ...{ data: bytes, hash, previousHash: head.hash, recordedBy },
    };
    if (keep) this.kept.set(told, { entry, json });
    return { entry, canonical };
  }

  /** A withdrawal carries what it takes back, as the ledger fills it in. */
  private withdrawal({ withdraws, data }: Told): { json: object; message: object } {
    const { entry, json } = this.kept.get(withdraws!)!;
    this.kept.delete(withdraws!);
    const { unit, seq, id, type, source, recordedAt } = entry;
    const said = { unit, seq, reason: data.reason, note: '' };
    const withdrawn = { id, type, source, recordedAt };
    return {
      json: {
        ...{ unit, seq, reason: data.reason },
        withdrawn: { ...withdrawn, recordedAt: new Date(recordedAt).toISOString(), data: json },
      },
      message: { ...said, correction: undefined, withdrawn: { ...withdrawn, data: entry.data } },
    };
  }

  /** Like a UUID of version 7. */
  private id(at: number): string {
    const hex = (digits: number) =>
      Math.floor(this.random.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, '0');
    const time = at.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
  }
}

function ledgerOf({ ledger }: FactRule, source: string, json: object): string {
  if (ledger === 'vn') return 'vn';
  if (ledger === 'source') return source;
  return String((json as Record<string, unknown>)[ledger.slice('data.'.length)]);
}
