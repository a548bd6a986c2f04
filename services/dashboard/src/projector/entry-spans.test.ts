import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { partitionOf, topicOf } from '@gdtx/kafka/partition';
import { ROOT_CONTEXT, trace, type Context, type SpanOptions, type Tracer } from '@opentelemetry/api';
import { BreakingStore } from '../../test/breaking-store.js';
import { control, message, PREFIX } from '../../test/ledger-of.js';
import { TestProjector, World } from '../../test/world.js';
import { MemoryStore } from './memory-store.js';

interface Ended {
  name: string;
  options: SpanOptions;
  parent: string | undefined;
}

const ended: Ended[] = [];
const tracer = {
  startSpan(name: string, options: SpanOptions = {}, parent: Context = ROOT_CONTEXT) {
    const span = trace.getTracerProvider().getTracer('none').startSpan(name, options, parent);
    return Object.assign(Object.create(span), {
      end: () => void ended.push({ name, options, parent: trace.getSpanContext(parent)?.spanId }),
    });
  },
} as Tracer;

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
const TOPIC = topicOf(PREFIX, 'programmes');

describe('an entry that was recorded within a trace', () => {
  const real = trace.getTracer;
  beforeEach(() => {
    ended.length = 0;
    trace.getTracer = () => tracer;
  });
  afterAll(() => void (trace.getTracer = real));

  async function projected(fault: boolean) {
    const world = new World();
    const ledger = world.ledger('programmes', 'c1');
    const entries = [
      ledger.tell('ClassOpened', { class: 'a', type: 'literacy', openedOn: { on: '2024-09-01' } }),
      ledger.tell('LearnersEnrolled', { class: 'a', occurredOn: { on: '2024-09-05' }, learners: { total: 4 } }),
    ];
    const store = new BreakingStore(new MemoryStore());
    const projector = new TestProjector(world, store);
    await projector.assign();
    const partition = partitionOf('c1');
    const messages = entries.map((entry, i) => ({ ...message(entry, BigInt(i)), ...(i === 1 ? { traceparent } : {}) }));
    const batch = { topic: TOPIC, partition, firstOffset: 0n, lastOffset: 1n, highWatermark: 2n, messages };
    await projector.core.takeBatch(batch, control);
    await projector.core.takeBatch(batch, control);
    expect(ended).toEqual([]);
    if (fault) {
      store.fault = (step) => (step === 'cursors' ? { kind: 'breaks', after: 0 } : undefined);
      await expect(projector.flush()).rejects.toThrow();
      expect(ended).toEqual([]);
      store.fault = () => undefined;
    }
    await projector.flush();
    await projector.flush();
  }

  test.each([
    ['is told once when it is stored', false],
    ['is told once, and not before it is stored, when that fails at first', true],
  ])('%s; the others never', async (_, fault) => {
    await projected(fault);
    expect(ended).toMatchObject([
      {
        name: `project ${TOPIC}`,
        parent: '00f067aa0ba902b7',
        options: { attributes: { 'gdtx.ledger': 'programmes/c1', 'gdtx.seq': 2 } },
      },
    ]);
  });
});
