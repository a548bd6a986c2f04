import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProducer } from '@gdtx/kafka/client';
import { topicOf } from '@gdtx/kafka/partition';
import { SERVICES, type Service } from '@gdtx/service-kit/services';
import { eventually } from '@gdtx/testing/eventually';
import { testEngines } from '@gdtx/testing/test-engines';
import { startPlatform, type Platform } from '../../src/platform.js';
import { WORLD, event, OURS } from '../hostile/world.js';
import { startCollector, type Collector, type ReceivedSpan } from './collector.js';
import { listedMetrics, namesOf } from './metrics-list.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EVERY_ROLE = ['inspector', 'registrar', 'province-officer', 'commune-officer', 'centre-publisher'];
const PUBLISHERS_SPAN = '00f067aa0ba902b7';
const SERVER = 2;

let home: string;
let collector: Collector;
let platform: Platform;
let token: string;
const engines = testEngines('telemetry');

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gdtx-telemetry-'));
  collector = await startCollector();
  platform = await startPlatform({
    home,
    engines: { kafkaBrokers: engines.brokers, mongodbUri: process.env['MONGODB_URI']! },
    topicPrefix: engines.topicPrefix,
    databasePrefix: engines.topicPrefix.replaceAll(/[.-]/g, '_'),
    env: {
      ...process.env,
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      // Nothing but what a publisher asks for.
      OTEL_TRACES_SAMPLER_ARG: '0',
    },
  });
  token = await platform.token({ sub: 'telemetry', roles: EVERY_ROLE, units: ['vn'] });
  // Facts of one batch rest on each other across services: what is refused for now is taken when it is sent again.
  await eventually(async () => expect((await publish(WORLD)).body).toMatchObject({ refused: 0 }), 60_000);
}, 180_000);
afterAll(async () => {
  await platform.stop();
  await collector.stop();
  await rm(home, { recursive: true, force: true });
}, 60_000);

async function publish(facts: unknown, traceparent?: string) {
  const response = await fetch(`${platform.gatewayUrl}/v1/facts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(traceparent && { traceparent }),
    },
    body: JSON.stringify(facts),
  });
  return { response, body: (await response.json()) as { results: { unit: string; seq: number }[] } };
}

const enrolled = (id: string) =>
  event(id, 'programmes/LearnersEnrolled', OURS, {
    ...{ class: 'k12', occurredOn: '2024-09-06', learners: { total: 1 } },
  });
const logOf = async (service: Service): Promise<Record<string, unknown>[]> =>
  (await readFile(join(home, 'logs', `${service}.log`), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
const metricsOf = async (service: Service) => (await fetch(`${platform.service(service).httpUrl}/metrics`)).text();

describe('one trace', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const ofTrace = () => collector.spans.filter((span) => span.traceId === traceId);

  test('goes from the publisher’s request through gRPC, ledger and Kafka to the projector', async () => {
    await publish([enrolled('traced-1'), enrolled('traced-2')], `00-${traceId}-${PUBLISHERS_SPAN}-01`);
    const projected = await eventually(async () => {
      const spans = ofTrace().filter((span) => span.service === 'dashboard');
      expect(spans).toHaveLength(2);
      return spans;
    });
    const path = await eventually(async () => wayTo(projected[0]!, ofTrace()));
    expect(path.map(({ service, name }) => `${service}: ${name}`)).toEqual([
      'gateway: POST /v1/facts',
      expect.stringMatching(/^gateway: request handler/),
      'gateway: grpc.gdtx.ledger.v1.LedgerService/Record',
      'programmes: grpc.gdtx.ledger.v1.LedgerService/Record',
      'programmes: record',
      `programmes: publish ${topicOf(engines.topicPrefix, 'programmes')}`,
      `dashboard: project ${topicOf(engines.topicPrefix, 'programmes')}`,
    ]);
    expect(path[0]).toMatchObject({ parentSpanId: PUBLISHERS_SPAN, kind: SERVER });
    expect(projected.map((span) => span.attributes['gdtx.ledger'])).toEqual([
      `programmes/${OURS}`,
      `programmes/${OURS}`,
    ]);
  }, 60_000);

  test('is recorded only where it is asked for', () => {
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  });

  test('goes from a reader’s request to the service that answers it', async () => {
    const id = '5bf92f3577b34da6a3ce929d0e0e4736';
    const response = await fetch(`${platform.gatewayUrl}/v1/indicators`, {
      headers: { authorization: `Bearer ${token}`, traceparent: `00-${id}-${PUBLISHERS_SPAN}-01` },
    });
    expect(response.headers.get('traceresponse')).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
    await response.arrayBuffer();
    await eventually(async () => {
      const spans = collector.spans.filter((span) => span.traceId === id && span.kind === SERVER);
      expect(spans.map(({ service }) => service).sort()).toEqual(['dashboard', 'gateway']);
    });
  });
});

/** From the first span of a trace to this one. */
function wayTo(last: ReceivedSpan, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  const parent = spans.find(({ spanId }) => spanId === last.parentSpanId);
  if (parent) return [...wayTo(parent, spans), last];
  expect(last.parentSpanId).toBe(PUBLISHERS_SPAN);
  return [last];
}

describe('logs', () => {
  test('say of each request in which trace it was, in every service that it reached', async () => {
    const { response } = await publish([enrolled('logged')]);
    const [, traceId] = response.headers.get('traceresponse')!.split('-');
    const line = await eventually(async () => {
      const found = (await logOf('gateway')).find((each) => each['trace_id'] === traceId);
      expect(found).toBeDefined();
      return found!;
    });
    expect(line).toMatchObject({
      time: expect.any(String),
      level: 20,
      service: 'gateway',
      msg: 'request ended',
      method: 'POST',
      path: '/v1/facts',
      status: 200,
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('name the trace of a call that failed, which its caller was told', async () => {
    await platform.service('inspections').stop();
    try {
      const { response } = await publish(
        event('nobody-there', 'inspections/VisitMade', 'province-14', {
          ...{ visit: 'v-2', kind: 'survey', occurredOn: '2024-11-05', level: 'province', units: [OURS] },
          authority: { body: 'Sở GDĐT Sơn La', of: 'province-14' },
        }),
      );
      expect(response.status).toBe(503);
      const [, traceId] = response.headers.get('traceresponse')!.split('-');
      await eventually(async () => {
        const lines = (await logOf('gateway')).filter((each) => each['trace_id'] === traceId);
        expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
          [40, 'an owner did not take facts'],
          [20, 'request ended'],
        ]);
      });
    } finally {
      await platform.service('inspections').start();
    }
  }, 60_000);

  test('have no line of a request without its trace', async () => {
    for (const service of SERVICES) {
      const requests = (await logOf(service)).filter(({ msg }) => msg === 'request ended');
      expect(requests.filter((line) => !line['trace_id'])).toEqual([]);
    }
  });
});

describe('metrics', () => {
  test('count what is set aside; its neighbours flow', async () => {
    const producer = createProducer({ brokers: engines.brokers, clientId: 'poison' });
    const topic = topicOf(engines.topicPrefix, 'programmes');
    await producer.sendBatch([{ topic, partition: 3, value: Buffer.from('poison') }]);
    await producer.close();
    await eventually(async () => {
      const metrics = await metricsOf('dashboard');
      expect(metrics).toMatch(/^gdtx_quarantined_messages 1$/m);
      expect(metrics).toMatch(/^gdtx_projector_entries_total\{outcome="quarantined"\} 1$/m);
    });
    const { body } = await publish([enrolled('after-poison')]);
    const { unit, seq } = body.results[0]!;
    await eventually(async () => {
      const address = `/v1/figures?indicator=learners-enrolled&after=programmes/${unit}/${seq}`;
      const response = await fetch(platform.gatewayUrl + address, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
    });
  }, 60_000);

  test('say that nothing is behind once everything is in the figures', async () => {
    await eventually(async () => {
      const dashboard = await metricsOf('dashboard');
      const relayed = await metricsOf('programmes');
      expect(dashboard).toMatch(/^gdtx_projection_lag_messages\{service="programmes"\} 0$/m);
      expect(Number(/^gdtx_figures_age_seconds\{service="programmes"\} (\S+)$/m.exec(dashboard)![1])).toBeLessThan(20);
      expect(relayed).toMatch(/^gdtx_relay_lag_entries 0$/m);
      expect(relayed).toMatch(/^gdtx_relay_lag_seconds 0$/m);
    });
  }, 60_000);

  test('are those that docs/metrics.md lists', async () => {
    // One of each that is there only once something has happened; one service has been started again meanwhile.
    await eventually(async () => expect((await publish(WORLD)).body).toMatchObject({ refused: 0 }));
    await publish([{ ...enrolled('refused'), data: {} }]);
    const listed = listedMetrics(await readFile(join(ROOT, 'docs', 'metrics.md'), 'utf8'));
    for (const service of SERVICES) {
      await (await fetch(`${platform.service(service).httpUrl}/v1/nothing`)).arrayBuffer();
      expect([service, namesOf(await metricsOf(service))]).toEqual([service, listed.of(service)]);
    }
  }, 60_000);
});

describe('a wrong environment', () => {
  test('is said whole, a level of the log that there isn’t with the rest', async () => {
    const main = join(ROOT, 'services', 'gateway', 'dist', 'main.js');
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], LOG_LEVEL: 'loud' } });
    const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const said = await text(child.stderr);
    expect(await code).toBe(78);
    expect(said).toMatch(/LOG_LEVEL: .*"info"/);
    expect(said).toMatch(/TOKEN_ISSUER: /);
  });
});
