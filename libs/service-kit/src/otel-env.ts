import { basename, dirname } from 'node:path';

type Env = Record<string, string | undefined>;

/** What one process in a hundred requests costs is nothing that anybody notices; a publisher's own decision goes before it. */
const SAMPLER = 'parentbased_traceidratio';
const RATIO = '0.01';

/** Whether OpenTelemetry's variables ask for traces. An empty variable counts as absent. */
export function tracesAreWanted(env: Env): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  const exporter = env['OTEL_TRACES_EXPORTER'];
  if (exporter) return exporter !== 'none';
  return Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
}

/** Our defaults where OpenTelemetry's would record everything, or send what we show by other ways (metrics, logs). */
export function withDefaults(env: Env, script: string | undefined): Env {
  const service = serviceOf(script);
  return {
    OTEL_METRICS_EXPORTER: env['OTEL_METRICS_EXPORTER'] || 'none',
    OTEL_LOGS_EXPORTER: env['OTEL_LOGS_EXPORTER'] || 'none',
    ...(env['OTEL_TRACES_SAMPLER']
      ? {}
      : { OTEL_TRACES_SAMPLER: SAMPLER, OTEL_TRACES_SAMPLER_ARG: env['OTEL_TRACES_SAMPLER_ARG'] || RATIO }),
    ...(service && !env['OTEL_SERVICE_NAME'] ? { OTEL_SERVICE_NAME: service } : {}),
  };
}

/** `programmes` for …/services/programmes/dist/main.js. */
function serviceOf(script: string | undefined): string | undefined {
  const home = script && dirname(dirname(script));
  return home && basename(dirname(home)) === 'services' ? basename(home) : undefined;
}
