import type { EntryWithdrawn } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Caller } from '@gdtx/service-kit/tokens';
import type { Registry } from '@gdtx/territory/registry';
import { canonicalJson } from './canonical-json.js';
import { ledgerOf, mayWrite, unitIsMine } from './decide.js';
import type { DecidedBatch, Item, Outcome, Snapshot } from './decide-batch.js';
import type { EntryDocument } from './documents.js';
import { Draft, encoded } from './draft.js';
import { dataOf } from './entry.js';
import { parseType, type Context, type Fact, type FactRule } from './fact.js';
import { mayReadUnit } from './may-read.js';
import type { Parsed, ParsedFact } from './parse-fact.js';
import { refuse, type Refusal } from './refusal.js';
import { replay, type Difference, type Story, type World } from './replay.js';
import { entryName, isWithdrawal, type StoredFact } from './stored-fact.js';

/** What a withdrawal is decided on besides the snapshot. */
export interface WithdrawalHistory {
  /** The entry that is to be taken back; null when there is none, or none that this version can read. */
  target: { document: EntryDocument; stored: StoredFact } | null;
  /** The fact that takes its place, as it would have been sent by itself in the name of the same unit. */
  correction: Parsed | undefined;
  /** Everything that shares a state with the two, directly or by way of others, in the order of deciding. */
  entries: StoredFact[];
  keys: string[];
  /** The ledgers that hold them, as far as they were there. */
  ledgers: string[];
  /** Where registry facts are told again, all of this service's are among the entries: the registry of the other services. */
  others: Registry | undefined;
}

/** There while an entry is withdrawn: says so without reading the ledger, and two who withdraw it collide. */
export const withdrawnKey = (entry: { unit: string; seq: number }): string => `withdrawn:${entryName(entry)}`;

/**
 * Decides on taking an entry back, and on the fact that takes its place where there is one. What was decided after it on the
 * same states is decided again without it: if something would be refused now that wouldn't be otherwise, it depends on
 * it, and the withdrawal is refused. Pure.
 */
export function decideWithdrawal(item: Item, snapshot: Snapshot, history: WithdrawalHistory): DecidedBatch {
  const draft = new Draft(snapshot);
  return draft.decided([withdraw(draft, item, snapshot, history)]);
}

function withdraw(draft: Draft, item: Item, snapshot: Snapshot, history: WithdrawalHistory): Outcome {
  const known = draft.knownOutcome(item.parsed.fact.id, item.parsed.content);
  if (known) return withCorrection(known, history, draft);
  const refusal = mayWithdraw(draft, item, history);
  if (refusal) return { status: 'refused', refusal };
  const target = history.target!;
  const correction = history.correction?.ok ? history.correction.parsed : undefined;
  const context = draft.context;
  const story: Story = { service: snapshot.service, context, ...history };
  const found = worldWithout(story, target.stored, correction);
  if ('refusal' in found) return { status: 'refused', refusal: found.refusal };
  // Who decides meanwhile on what only their own ledger holds changes nothing of it but the head.
  for (const ledger of history.ledgers) draft.hold(ledger);
  return enter(draft, item, snapshot, { ...found, target: target.document, correction, keys: history.keys });
}

/** The world without the entry; with the correction in its place or, where that doesn't go, after everything. */
function worldWithout(
  story: Story,
  target: StoredFact,
  parsed: ParsedFact | undefined,
): { world: World; place: 'there' | 'end' } | { refusal: Refusal } {
  const asItIs = lazily(() => replay(story, target));
  const attempt = (difference: Difference): { world: World } | { refusal: Refusal } => {
    const world = replay(story, target, difference);
    const refusal = whyNot(story, world, asItIs, parsed?.fact.id);
    return refusal ? { refusal } : { world };
  };
  if (!parsed) {
    const without = attempt({ without: target, instead: undefined });
    return 'refusal' in without ? without : { ...without, place: 'end' };
  }
  const there = attempt({ without: target, instead: { parsed, place: 'there' } });
  if ('world' in there) return { ...there, place: 'there' };
  const end = attempt({ without: target, instead: { parsed, place: 'end' } });
  return 'world' in end ? { ...end, place: 'end' } : there;
}

/** What would be refused in this world; not what would be refused as things are, by what was learnt since. */
function whyNot(story: Story, world: World, asItIs: () => World, correction: string | undefined): Refusal | undefined {
  const refused = correction === undefined ? undefined : world.refused.get(correction);
  if (refused) return under('data.correction', refused);
  if (world.refused.size === 0) return undefined;
  const dependant = story.entries.find(
    ({ document: { _id: id } }) => world.refused.has(id) && !asItIs().refused.has(id),
  );
  if (!dependant) return undefined;
  const { unit, seq, type } = dependant.document;
  const why = world.refused.get(dependant.document._id)!.message;
  const name = parseType(type)?.name;
  return refuse('has-dependants', `Entry ${seq} of ${unit} (${name}) depends on it: ${why}`, 'data.seq');
}

interface Found {
  world: World;
  place: 'there' | 'end';
  target: EntryDocument;
  correction: ParsedFact | undefined;
  keys: readonly string[];
}

/** The withdrawal, and the fact that takes the place, become entries. */
function enter(draft: Draft, { parsed, caller, trace }: Item, snapshot: Snapshot, found: Found): Outcome {
  const { world, place, target, correction } = found;
  const ledger = target.unit;
  const changed = found.keys.filter((key) => isChanged(snapshot.states.get(key)?.state, world.states.get(key)));
  const keys = [...new Set([...target.keys, ...changed, withdrawnKey(target)])];
  const states = Object.fromEntries(keys.map((key) => [key, world.states.get(key)]));
  draft.change(keys, { ...states, [withdrawnKey(target)]: { by: parsed.fact.id } }, ledger);

  const next = (unit: string, before: number) => draft.context.headOf(unit) + 1 + before;
  const correctionSeq = correction ? next(world.ledger!, world.ledger === ledger ? 1 : 0) : 0;
  const withdrawal = carrying(parsed, target, correctionSeq);
  const receipt = draft.append(ledger, { parsed: withdrawal, data: encoded(withdrawal), caller, keys, trace });
  if (!correction) return { status: 'accepted', receipt };

  draft.change(correction.keys, {}, world.ledger!);
  const order = place === 'there' ? { order: target.order } : {};
  const entry = { parsed: correction, data: encoded(correction), caller, keys: correction.keys, trace, ...order };
  return { status: 'accepted', receipt, correction: draft.append(world.ledger!, entry) };
}

/** The first receipt of a withdrawal that came again also names its correction's. */
function withCorrection(outcome: Outcome, { correction }: WithdrawalHistory, draft: Draft): Outcome {
  if (outcome.status === 'refused' || !correction?.ok) return outcome;
  const { fact, content } = correction.parsed;
  const known = draft.knownOutcome(fact.id, content);
  return known && known.status !== 'refused' ? { ...outcome, correction: known.receipt } : outcome;
}

function mayWithdraw(draft: Draft, { parsed, caller }: Item, history: WithdrawalHistory): Refusal | undefined {
  const data = parsed.fact.data as EntryWithdrawn;
  const { target, correction } = history;
  const rights = (rule: FactRule, fact: Fact, ledger: string | undefined) =>
    mayWrite(rule, fact, ledger, caller, draft.view, draft.context);
  // Whoever may say the fact may take it back, in the name of a unit of theirs.
  const refusal =
    unitIsMine(parsed.fact.source, 'source', caller, draft.context) ??
    (target
      ? rights(target.stored.rule, target.stored.fact, target.document.unit)
      : refuse('entry-unknown', `The ledger ${data.unit} has no entry ${data.seq}.`, 'data.seq'));
  // Whoever may not read the ledger isn't told which entries it has.
  if (refusal || !target) return hiddenLedger(data.unit, caller, draft.context) ?? refusal;
  if (isWithdrawal(target.document)) {
    return refuse('not-withdrawable', 'A withdrawal can’t be withdrawn: send the fact anew.', 'data.seq');
  }
  if (draft.view.get(withdrawnKey(target.document)) !== undefined) {
    return refuse('withdrawn-already', `Entry ${data.seq} of ${data.unit} is withdrawn already.`, 'data.seq');
  }
  if (!correction) return undefined;
  if (!correction.ok) return under('data.correction', correction.refusal);
  const { fact, rule, content } = correction.parsed;
  if (rule.name === 'EntryWithdrawn') {
    return refuse('malformed', 'A withdrawal corrects nothing.', 'data.correction.type');
  }
  if (fact.id === parsed.fact.id || draft.knownOutcome(fact.id, content)) {
    return refuse('id-reused', `The id \`${fact.id}\` is taken already.`, 'data.correction.id');
  }
  const its = ledgerOf(rule as unknown as FactRule, fact, draft.view);
  const notTheirs = rights(rule as unknown as FactRule, fact, its);
  return notTheirs && under('data.correction', notTheirs);
}

/** The refusal of whatever can't be taken back from a ledger that the caller may not read. */
function hiddenLedger(unit: string, caller: Caller, context: Context): Refusal | undefined {
  if (mayReadUnit(caller, context.registry, unit, context.today)) return undefined;
  return unitIsMine(unit, 'data.unit', caller, context);
}

function under(path: string, refusal: Refusal): Refusal {
  return { ...refusal, path: refusal.path ? `${path}.${refusal.path}` : path };
}

function isChanged(before: unknown, after: unknown): boolean {
  return canonicalJson(before ?? null) !== canonicalJson(after ?? null);
}

/** The withdrawal with what it takes back, in its message and in its JSON. */
function carrying(parsed: ParsedFact, target: EntryDocument, correctionSeq: number): ParsedFact {
  const { _id: id, type, source, recordedAt } = target;
  const data = parsed.fact.data as EntryWithdrawn;
  const sent = JSON.parse(parsed.canonical) as { correction?: object };
  const json = {
    ...sent,
    ...(sent.correction ? { correction: { ...sent.correction, seq: correctionSeq } } : {}),
    withdrawn: { id, type, source, recordedAt: new Date(recordedAt).toISOString(), data: dataOf(target.canonical) },
  };
  const correction = data.correction && { ...data.correction, seq: correctionSeq };
  const message = { ...data, correction, withdrawn: { id, type, source, recordedAt, data: target.data } };
  return { ...parsed, canonical: canonicalJson(json), fact: { ...parsed.fact, data: message } };
}

function lazily<T>(work: () => T): () => T {
  let done: { value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}
