import type { Gateway } from './gateway.js';
import { Lane } from './lane.js';
import type { SimulatedFact } from './nation/fact.js';
import type { Nation } from './nation/nation.js';
import { Tally } from './tally.js';

export interface PublishOptions {
  nation: Nation;
  gateway: Gateway;
  /** How many send at once; default 8. */
  publishers?: number;
  /** Called after each batch. */
  onProgress?: (phase: 'units' | 'reports', tally: Tally) => void;
}

/** First the units, each registry in its order; then what they report, each unit's facts in theirs. */
export async function publishNation(options: PublishOptions): Promise<{ units: Tally; reports: Tally }> {
  const { nation, publishers = 8 } = options;
  const registries = ['centres', 'community-learning'];
  const units = await sendAll(nation.registry, options, 'units', registries.length, ({ event }) =>
    registries.findIndex((service) => event.type.startsWith(`vn.gdtx.${service}.`)),
  );
  const reports = await sendAll(
    nation.reports(),
    options,
    'reports',
    publishers,
    ({ ledger }) => hash(ledger) % publishers,
  );
  return { units, reports };
}

async function sendAll(
  facts: Iterable<SimulatedFact>,
  { gateway, onProgress }: PublishOptions,
  phase: 'units' | 'reports',
  count: number,
  laneOf: (fact: SimulatedFact) => number,
): Promise<Tally> {
  const tally = new Tally();
  const lanes = Array.from({ length: count }, () => new Lane(gateway, tally));
  let wake: () => void = () => {};
  const sending = Promise.all(
    lanes.map((lane) =>
      lane.run(() => {
        onProgress?.(phase, tally);
        wake();
      }),
    ),
  );
  const tell = async (): Promise<void> => {
    for (const fact of facts) {
      const lane = lanes[laneOf(fact)]!;
      lane.put(fact);
      while (lane.isFull) await new Promise<void>((resolve) => (wake = resolve));
    }
    for (const lane of lanes) lane.end();
  };
  // A lane that fails ends everything; what was sent by then stays, and may be sent again.
  await Promise.race([sending, tell().then(() => sending)]);
  return tally;
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
  return value;
}
