import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Histogram, Meter } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

export interface Metrics {
  meter: Meter;
  /** Answers `/metrics` in the form that Prometheus reads. */
  handler(req: IncomingMessage, res: ServerResponse): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics of one service; each instance is its own registry, so that tests can run several in one process. */
export function createMetrics(service: string): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter(`gdtx.${service}`);
  processMetrics(meter);
  return { meter, handler: (req, res) => exporter.getMetricsRequestHandler(req, res) };
}

/** A histogram of seconds, from a millisecond to half a minute. */
export function secondsHistogram(meter: Meter, name: string, description: string): Histogram {
  return meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: SECONDS } });
}

function processMetrics(meter: Meter): void {
  meter
    .createObservableGauge('process_resident_memory_bytes', { unit: 'By', description: 'resident memory' })
    .addCallback((gauge) => gauge.observe(process.memoryUsage.rss()));
  meter
    .createObservableCounter('process_cpu_seconds_total', { unit: 's', description: 'processor time taken' })
    .addCallback((counter) => {
      const { user, system } = process.cpuUsage();
      counter.observe((user + system) / 1e6);
    });
  let last = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs_eventloop_utilization_ratio', {
      description: 'share of the time since the last look in which the event loop was busy',
    })
    .addCallback((gauge) => {
      const now = performance.eventLoopUtilization();
      gauge.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
}

/** More kinds than any of our counters has; one that grows beyond that would grow without an end. */
const MOST_KINDS = 500;
const OTHER = 'other';

/**
 * A counter by a few labels, for what happens many thousand times a second: counting is an addition in a map. Label sets given
 * in `from` are there from the beginning, so that their first rise is seen.
 */
export function tallyOf(
  meter: Meter,
  { name, description, labels, from = [] }: TallyOptions,
): (n: number, ...values: string[]) => void {
  const kinds = new Map<string, { attributes: Record<string, string>; count: number }>();
  const add = (n: number, ...values: string[]): void => {
    const key = values.length === 1 ? values[0]! : values.join('\n');
    const kind = kinds.get(key);
    if (kind) kind.count += n;
    else if (kinds.size >= MOST_KINDS && values[0] !== OTHER) add(n, ...labels.map(() => OTHER));
    else kinds.set(key, { attributes: Object.fromEntries(labels.map((l, i) => [l, values[i] ?? ''])), count: n });
  };
  for (const values of from) add(0, ...values);
  meter.createObservableCounter(name, { description }).addCallback((counter) => {
    for (const { attributes, count } of kinds.values()) counter.observe(count, attributes);
  });
  return add;
}

export interface TallyOptions {
  name: string;
  description: string;
  labels: readonly string[];
  from?: readonly (readonly string[])[];
}
