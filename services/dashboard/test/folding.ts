import { FOLDS } from '../src/indicators/folds/all.js';
import type { FoldEntry, Memory, Recall } from '../src/indicators/folds/fold.js';
import type { Contribution, FlowPart, LevelPart } from '../src/model.js';

/** A fact's message as a test writes it: any of its fields, dates as {on}. */
interface Codec {
  fromPartial(partial: object): unknown;
}

export const RECORDED = Date.UTC(2026, 5, 15);

export const entryOf = (more: Partial<FoldEntry> = {}): FoldEntry => ({
  unit: 'gdtx-son-la',
  source: 'gdtx-son-la',
  seq: 7,
  recordedAt: RECORDED,
  ...more,
});

export interface Said {
  type: string;
  data: object;
  entry?: Partial<FoldEntry>;
  /** What earlier entries said. */
  known?: Record<string, unknown>;
}

/** Folds one fact: `fold({type: 'programmes.ClassOpened', data})`. */
export function fold({ type, data, entry, known = {} }: Said): Contribution[] {
  const { message, fold: it } = foldOf(type);
  return it((message as unknown as Codec).fromPartial(data), entryOf(entry), recallOf(known));
}

export function remembered({
  type,
  data,
  entry,
  known = {},
}: Said): { key: string; value: unknown; kind: Memory['kind'] }[] {
  const { message, remember } = foldOf(type);
  const memories = remember?.((message as unknown as Codec).fromPartial(data), entryOf(entry), recallOf(known)) ?? [];
  return memories.map(({ of, id, value, kind }) => ({ key: `${of}:${id}`, value, kind }));
}

function foldOf(type: string) {
  const [service, name] = type.split('.');
  const found = FOLDS.folds.get(`vn.gdtx.${service}.${name}.v1`);
  if (!found) throw new Error(`no fold of ${type}`);
  return found;
}

const recallOf = (known: Record<string, unknown>): Recall =>
  ((of: string, id: string) => known[`${of}:${id}`]) as Recall;

/** A line a part: `flow learners-enrolled[refresher].female 2024-09 = 25 at-least`. */
export function lines(parts: readonly Contribution[]): string[] {
  return parts.map((part) => {
    if (part.kind === 'record') return `record ${part.collection}/${part.id}`;
    if (part.kind === 'period') return `period ${part.month} ${part.what}`;
    const what = `${part.indicator}[${part.category}]${part.part ? `.${part.part}` : ''}`;
    const precision = ['', ' at-least', ' about'][part.precision]!;
    const at = part.at ? ` at ${part.at}` : '';
    if (part.kind === 'balance') {
      return `balance ${what} ${part.from ?? '?'}..${part.to} ${part.basis} = ${part.value}${precision}${at}`;
    }
    return `${part.kind} ${what} ${when(part)} = ${part.value}${precision}${at}`;
  });
}

function when(part: FlowPart | LevelPart): string {
  return part.kind === 'flow' ? part.month : `${part.slot}@${part.day} ${part.mode}`;
}
