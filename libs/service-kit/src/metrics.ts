import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Meter } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { metrics as sdk } from '@opentelemetry/sdk-node';

export interface Metrics {
  meter: Meter;
  /** Answers `/metrics` in the form that Prometheus reads. */
  handler(req: IncomingMessage, res: ServerResponse): void;
}

/** Metrics of one service; each instance is its own registry, so that tests can run several in one process. */
export function createMetrics(service: string): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new sdk.MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter(`gdtx.${service}`);
  meter
    .createObservableGauge('process_resident_memory', { unit: 'By', description: 'resident memory of the process' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  return { meter, handler: (req, res) => exporter.getMetricsRequestHandler(req, res) };
}
