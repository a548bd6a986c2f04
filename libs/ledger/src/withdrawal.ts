import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Registry } from '@gdtx/territory/registry';
import type { Caller } from '@gdtx/service-kit/tokens';
import { decide, ledgerOf, mayWrite } from './decide.js';
import { Draft, type DecidedBatch, type Item, type Outcome, type Snapshot } from './decide-batch.js';
import type { EntryDocument } from './documents.js';
import { bytes, sha256 } from './entry.js';
import { parseType, REGISTRY_LEDGER, type Context, type Fact, type FactRule, type States } from './fact.js';
import { parseFact, type ParsedFact } from './parse-fact.js';
import { refuse, type Refusal } from './refusal.js';

/** What a withdrawal is decided on besides the snapshot. */
export interface WithdrawalHistory {
  /** The entry that is to be taken back; null when there is none. */
  target: ParsedEntry | null;
  /** The fact that takes its place. */
  correction: ParsedFact | undefined;
  /**
   * Every entry that was decided on a key of the two, those that were decided on another key of these, and the withdrawals
   * among their ledgers, in order.
   */
  touched: ParsedEntry[];
  /** The keys all of whose entries are in `touched`: their states are told again instead of being taken as they are now. */
  retold: ReadonlySet<string>;
  /** Where registry facts are told again: the registry of the other services, and this service's registry entries in order. */
  registry: { others: Registry; own: ParsedEntry[] } | undefined;
}

export interface ParsedEntry {
  document: EntryDocument;
  parsed: ParsedFact;
}

const EVERYBODY: Caller = {
  subject: 'replay',
  roles: ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher', 'operator'],
  units: [REGISTRY_LEDGER],
};

/** A stored entry as the fact that it was. */
export function parseEntry(document: EntryDocument, rules: ReadonlyMap<string, FactRule<never>>): ParsedEntry {
  const { data } = JSON.parse(bytes(document.canonical).toString('utf8')) as { data: Record<string, unknown> };
  const { withdrawn: _, ...sent } = data;
  const { _id: id, source, type, time } = document;
  const outcome = parseFact({ id, source, type, time, data: Buffer.from(JSON.stringify(sent)) }, rules);
  if (!outcome.ok) throw new Error(`entry ${document.unit}/${document.seq} has no valid form any more`);
  return { document, parsed: outcome.parsed };
}

/** The new fact of a withdrawal that corrects, as it would have been sent by itself. */
export function parseCorrection(item: Item, rules: ReadonlyMap<string, FactRule<never>>) {
  const { correction } = item.parsed.json as { correction?: { id: string; type: string; data: unknown } };
  if (!correction) return undefined;
  return parseFact(
    {
      id: correction.id,
      type: correction.type,
      source: `urn:gdtx:unit:${item.parsed.fact.source}`,
      time: item.parsed.fact.time,
      data: Buffer.from(JSON.stringify(correction.data ?? null)),
    },
    rules,
  );
}

/** The keys that a withdrawal changes. */
export function withdrawalKeys(target: ParsedEntry, correction: ParsedFact | undefined): string[] {
  const more = correction ? (correction.rule as unknown as FactRule).keys(correction.fact) : [];
  return [...new Set([...target.document.keys, ...more])];
}

/**
 * Decides on taking an entry back, and on the fact that takes its place where there is one. Everything that was decided on
 * the same states is decided again without it: if one of those would be refused now, it depends on it, and the withdrawal is
 * refused. Pure.
 */
export function decideWithdrawal(item: Item, snapshot: Snapshot, history: WithdrawalHistory): DecidedBatch {
  const draft = new Draft(snapshot);
  const outcome = withdraw(draft, item, snapshot, history);
  const registryVersion = snapshot.registry.version;
  return { outcomes: [outcome], commit: draft.commit(), registryEntries: draft.registryEntries, registryVersion };
}

function withdraw(draft: Draft, item: Item, snapshot: Snapshot, history: WithdrawalHistory): Outcome {
  const { parsed, caller } = item;
  const content = sha256(parsed.content);
  const known = draft.knownOutcome(parsed.fact.id, content);
  if (known) return withCorrection(known, history, draft);
  const refusal = mayWithdraw(draft, item, history);
  if (refusal) return { status: 'refused', refusal };
  const { target, correction } = history as { target: ParsedEntry; correction: ParsedFact | undefined };
  const keys = withdrawalKeys(target, correction);
  const replayed = replay(keys, snapshot, history, draft.contextNow);
  if (!replayed.ok) return { status: 'refused', refusal: replayed.refusal };

  const ledger = target.document.unit;
  draft.change(keys, Object.fromEntries(keys.map((key) => [key, replayed.states.get(key) ?? null])), ledger);
  const correctionLedger = correction && ledgerOf(correction.rule as unknown as FactRule, correction.fact, draft.view);
  const own = draft.contextNow.headOf(ledger) + 1;
  const correctionSeq = correctionLedger
    ? correctionLedger === ledger
      ? own + 1
      : draft.contextNow.headOf(correctionLedger) + 1
    : 0;
  const receipt = draft.append(ledger, carrying(parsed, target.document, correctionSeq), caller, keys, content);
  if (!correction || !correctionLedger) return { status: 'accepted', receipt };
  draft.change(keys, {}, correctionLedger);
  const instead = draft.append(correctionLedger, correction, caller, keys, sha256(correction.content));
  return { status: 'accepted', receipt, correction: instead };
}

/** The first receipt of a withdrawal that came again also names its correction's. */
function withCorrection(outcome: Outcome, history: WithdrawalHistory, draft: Draft): Outcome {
  if (outcome.status === 'refused' || !history.correction) return outcome;
  const { fact, content } = history.correction;
  const correction = draft.knownOutcome(fact.id, sha256(content));
  return correction && correction.status !== 'refused' ? { ...outcome, correction: correction.receipt } : outcome;
}

function mayWithdraw(draft: Draft, { parsed, caller }: Item, history: WithdrawalHistory): Refusal | undefined {
  const data = parsed.fact.data as EntryWithdrawn;
  const { target, correction } = history;
  if (!target) {
    return refuse('entry-unknown', `The ledger ${data.unit} has no entry ${data.seq}.`, 'data.seq');
  }
  const name = parseType(target.document.type)?.name;
  if (name === 'EntryWithdrawn') {
    return refuse('not-withdrawable', 'A withdrawal can’t be withdrawn: send the fact anew.', 'data.seq');
  }
  if (isWithdrawn(target.document, history.touched)) {
    return refuse('withdrawn-already', `Entry ${data.seq} of ${data.unit} is withdrawn already.`, 'data.seq');
  }
  const rights = (what: ParsedFact, ledger: string | undefined) =>
    mayWrite(what.rule as unknown as FactRule, what.fact, ledger ?? data.unit, caller, draft.view, draft.contextNow);
  const refusal = rights({ ...target.parsed, fact: { ...target.parsed.fact, source: parsed.fact.source } }, data.unit);
  if (refusal || !correction) return refusal;
  if (draft.knownOutcome(correction.fact.id, sha256(correction.content))) {
    return refuse('id-reused', `The id \`${correction.fact.id}\` is taken already.`, 'data.correction.id');
  }
  const its = ledgerOf(correction.rule as unknown as FactRule, correction.fact, draft.view);
  return under('data.correction', rights(correction, its));
}

function isWithdrawn(target: EntryDocument, touched: readonly ParsedEntry[]): boolean {
  return withdrawnAmong(touched).has(`${target.unit}/${target.seq}`);
}

function withdrawnAmong(entries: readonly ParsedEntry[]): Set<string> {
  const withdrawals = entries.filter(({ document }) => parseType(document.type)?.name === 'EntryWithdrawn');
  return new Set(
    withdrawals.map(({ parsed }) => {
      const { unit, seq } = parsed.fact.data as EntryWithdrawn;
      return `${unit}/${seq}`;
    }),
  );
}

type Replay = { ok: true; states: Map<string, unknown> } | { ok: false; refusal: Refusal };

/**
 * The states as they would be without the target, or why they can't be. An entry depends on the target if it is taken with
 * it and refused without it: what is refused either way (a report that a late registry fact contradicts) doesn't.
 */
function replay(keys: string[], snapshot: Snapshot, history: WithdrawalHistory, now: Context): Replay {
  const told = (instead: ParsedFact | undefined, tolerate: (entry: EntryDocument) => boolean) =>
    tell({ keys, snapshot, history, now, instead, tolerate });
  let without = told(history.correction, () => false);
  if (without.refused.size > 0) {
    const { refused } = told(history.target!.parsed, () => true);
    without = told(history.correction, (entry) => refused.has(entry));
  }
  if (without.notInstead) return { ok: false, refusal: under('data.correction', without.notInstead)! };
  if (without.broken) return { ok: false, refusal: dependant(without.broken, without.refused.get(without.broken)!) };
  return { ok: true, states: without.states };
}

interface Told {
  states: Map<string, unknown>;
  /** Later entries on the same states that would be refused now. */
  refused: Map<EntryDocument, Refusal>;
  /** The first of them that isn't tolerated; nothing is told after it. */
  broken?: EntryDocument;
  /** Why what takes the target's place would be refused. */
  notInstead?: Refusal;
}

/** Tells the history again with something else, or nothing, in the target's place. */
function tell(options: {
  keys: string[];
  snapshot: Snapshot;
  history: WithdrawalHistory;
  now: Context;
  instead: ParsedFact | undefined;
  tolerate: (entry: EntryDocument) => boolean;
}): Told {
  const { keys, snapshot, history, now, instead, tolerate } = options;
  const target = history.target!.document;
  const entries = inOrder(history);
  const withdrawn = withdrawnAmong(entries);
  const registry = history.registry ? history.registry.others.fork() : now.registry;
  const context: Context = { ...now, registry };
  const states = new Map<string, unknown>();
  const refused: Told['refused'] = new Map();
  const view: States = {
    get: <S>(key: string) =>
      (history.retold.has(key) ? states.get(key) : (snapshot.states.get(key)?.state ?? undefined)) as S | undefined,
  };
  const follow = (rule: FactRule, fact: Fact, seq: number, at: EntryDocument) => {
    for (const [key, value] of Object.entries(rule.evolve(fact, view))) states.set(key, value ?? undefined);
    if (history.registry && rule.ledger === 'vn') {
      const applied = { service: snapshot.service, type: fact.type, data: fact.data, seq, recordedAt: at.recordedAt };
      registry.apply(applied as Parameters<Registry['apply']>[0]);
    }
  };
  for (const { document, parsed } of entries) {
    if (document._id === target._id) {
      if (!instead) continue;
      const { rule, fact } = instead;
      const decision = instead === history.correction ? decide(rule, fact, EVERYBODY, view, context) : undefined;
      if (decision && !decision.accepted) return { states, refused, notInstead: decision.refusal };
      follow(rule as unknown as FactRule, fact, document.seq, document);
      continue;
    }
    if (parsed.rule.name === 'EntryWithdrawn' || withdrawn.has(`${document.unit}/${document.seq}`)) continue;
    const depends = document.order > target.order && document.keys.some((key) => keys.includes(key));
    const decision = depends ? decide(parsed.rule, parsed.fact, EVERYBODY, view, context) : undefined;
    if (decision && !decision.accepted) {
      refused.set(document, decision.refusal);
      if (!tolerate(document)) return { states, refused, broken: document };
    }
    follow(parsed.rule as unknown as FactRule, parsed.fact, document.seq, document);
  }
  return { states, refused };
}

function inOrder({ touched, registry }: WithdrawalHistory): ParsedEntry[] {
  const all = new Map([...touched, ...(registry?.own ?? [])].map((e) => [e.document._id, e]));
  return [...all.values()].sort((a, b) => a.document.order - b.document.order);
}

function dependant({ unit, seq, type }: EntryDocument, why: Refusal): Refusal {
  const name = parseType(type)?.name;
  return refuse('has-dependants', `Entry ${seq} of ${unit} (${name}) depends on it: ${why.message}`, 'data.seq');
}

function under(path: string, refusal: Refusal | undefined): Refusal | undefined {
  return refusal && { ...refusal, path: refusal.path ? `${path}.${refusal.path}` : path };
}

/** The withdrawal with what it takes back, in its message and in its JSON. */
function carrying(parsed: ParsedFact, target: EntryDocument, correctionSeq: number): ParsedFact {
  const { _id: id, type, source, recordedAt } = target;
  const data = parsed.fact.data as EntryWithdrawn;
  const shown = (JSON.parse(bytes(target.canonical).toString('utf8')) as { data: unknown }).data;
  const correction = data.correction && { ...data.correction, seq: correctionSeq };
  return {
    ...parsed,
    json: {
      ...(parsed.json as object),
      withdrawn: { id, type, source, recordedAt: new Date(recordedAt).toISOString(), data: shown },
    },
    fact: {
      ...parsed.fact,
      data: { ...data, correction, withdrawn: { id, type, source, recordedAt, data: bytes(target.data) } },
    },
  };
}
