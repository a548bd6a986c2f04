import { describe, expect, test } from '@jest/globals';
import type { Result } from '@gdtx/publisher/publish';
import type { Gateway } from './gateway.js';
import { Lane } from './lane.js';
import type { CloudEvent, SimulatedFact } from './nation/fact.js';
import { Tally } from './tally.js';

/** A gateway that numbers what each ledger takes in; `refuses` says why not. */
class FakeGateway implements Gateway {
  readonly batches: CloudEvent[][] = [];
  private readonly ledgers = new Map<string, number>();

  constructor(private readonly refuses: (event: CloudEvent, batch: number) => Result['refusal'] = () => undefined) {}

  async send(facts: readonly CloudEvent[]): Promise<Result[]> {
    this.batches.push([...facts]);
    return facts.map((event) => {
      const refusal = this.refuses(event, this.batches.length);
      if (refusal) return { id: event.id, status: 'refused', refusal };
      const seq = (this.ledgers.get(event.source) ?? 0) + 1;
      this.ledgers.set(event.source, seq);
      return { id: event.id, status: 'accepted', unit: event.source, seq };
    });
  }

  get ids(): string[][] {
    return this.batches.map((batch) => batch.map(({ id }) => id));
  }
}

function fact(id: string, ledger: string, more: Partial<SimulatedFact> = {}): SimulatedFact {
  const event = { specversion: '1.0' as const, id, source: ledger, type: 't', time: '', data: {} };
  return { event, ledger, recordedOn: '2024-01-01', ...more };
}

async function sent(facts: SimulatedFact[], gateway: Gateway): Promise<Tally> {
  const tally = new Tally();
  const lane = new Lane(gateway, tally, 0);
  const running = lane.run(() => {});
  for (const each of facts) lane.put(each);
  lane.end();
  await running;
  return tally;
}

const closed = fact('close', 'a', { isNamed: true });
const approved = fact('approve', 'a', { names: { id: 'close', field: 'upToSeq' } });

describe('a lane', () => {
  test('sends batches of 500, in order', async () => {
    const gateway = new FakeGateway();
    const tally = await sent(
      Array.from({ length: 1200 }, (_, i) => fact(`f${i}`, `u${i % 7}`)),
      gateway,
    );
    expect(gateway.ids.map((ids) => ids.length)).toEqual([500, 500, 200]);
    expect(gateway.ids.flat()).toEqual(Array.from({ length: 1200 }, (_, i) => `f${i}`));
    expect(tally).toMatchObject({ accepted: 1200, duplicate: 0, refused: 0, undeserved: 0 });
  });

  test('fills in the number of a fact that a later one names, which waits for it, and its ledger with it', async () => {
    const gateway = new FakeGateway();
    await sent([fact('before', 'a'), closed, approved, fact('after', 'a'), fact('other', 'b')], gateway);
    expect(gateway.ids).toEqual([
      ['before', 'close', 'other'],
      ['approve', 'after'],
    ]);
    expect(gateway.batches[1]![0]!.data).toEqual({ upToSeq: 2 });
  });

  test('doesn’t send what is about a fact that was refused', async () => {
    const gateway = new FakeGateway(({ id }) => (id === 'close' ? { slug: 'bad', message: 'No.' } : undefined));
    const tally = await sent([closed, approved, fact('after', 'a')], gateway);
    expect(gateway.ids).toEqual([['close'], ['after']]);
    expect(tally).toMatchObject({ accepted: 1, refused: 1, undeserved: 1, notSent: 1, surprises: ['close: bad: No.'] });
  });

  test('sends again what is refused for now, and what rests on it, before what follows', async () => {
    const gateway = new FakeGateway(({ id }, batch) => {
      if (batch > 2) return undefined;
      if (id === 'open') return { slug: 'try-again', message: 'Later.', retryable: true };
      return id === 'enrol' ? { slug: 'class-unknown', message: 'No class.' } : undefined;
    });
    const tally = await sent([fact('open', 'a'), fact('enrol', 'a'), fact('other', 'b')], gateway);
    expect(gateway.ids).toEqual([
      ['open', 'enrol', 'other'],
      ['open', 'enrol'],
      ['open', 'enrol'],
    ]);
    expect(tally).toMatchObject({ accepted: 3, refused: 0 });
  });

  test('sends less at a time after it was asked for patience, and more again when that is over', async () => {
    const later = { slug: 'try-again', message: 'Later.', retryable: true };
    const gateway = new FakeGateway((_, batch) => (batch <= 2 ? later : undefined));
    const facts = Array.from({ length: 1000 }, (_, i) => fact(`f${i}`, `u${i % 7}`));
    expect(await sent(facts, gateway)).toMatchObject({ accepted: 1000, refused: 0 });
    expect(gateway.ids.map((ids) => ids.length)).toEqual([500, 250, 125, 250, 500, 125]);
    expect(gateway.ids.slice(2).flat()).toEqual(facts.map(({ event }) => event.id));
  });

  test('knows what was sent to be refused', async () => {
    const gateway = new FakeGateway(({ id }) => (id === 'ok' ? undefined : { slug: id, message: 'No.' }));
    const tally = await sent(
      [
        fact('exists-already', 'a', { earns: 'exists-already' }),
        fact('malformed', 'a', { earns: 'x' }),
        fact('ok', 'a'),
      ],
      gateway,
    );
    expect(tally).toMatchObject({ accepted: 1, refused: 2, deserved: 1, undeserved: 1 });
  });

  test('ends with what the gateway fails with', async () => {
    const failing: Gateway = { send: () => Promise.reject(new Error('gone')) };
    await expect(sent([fact('a', 'a')], failing)).rejects.toThrow('gone');
  });
});
