import { diag, DiagLogLevel } from '@opentelemetry/api';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createLog } from './log.js';

/** What is asked every few seconds by machines, and says nothing about anybody's request. */
const UNTRACED = new Set(['/healthz', '/readyz', '/version', '/metrics']);

/**
 * Records traces as OpenTelemetry's environment variables say: where to, how, how many. Context and propagation are those of
 * trace-context.ts, which works without this, too. MongoDB isn't instrumented: a span for each command is more than the
 * committer's one for a batch tells. Nor is Kafka, see the README of libs/kafka.
 */
export function startTracing(env: NodeJS.ProcessEnv): void {
  if (!env['OTEL_LOG_LEVEL']) sayWarnings(env['OTEL_SERVICE_NAME'] ?? 'unknown');
  const sdk = new NodeSDK({
    contextManager: null as never,
    textMapPropagator: null,
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => UNTRACED.has(url ?? '') }),
      new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
      // Asked every few seconds, by nobody's wish.
      new GrpcInstrumentation({ ignoreGrpcMethods: ['Describe', 'Heads'] }),
    ],
  });
  sdk.start();
}

/** A collector that can't be reached is said in the log like anything else; it holds nothing up. */
function sayWarnings(service: string): void {
  const log = createLog(service, 'warn');
  const warn = (msg: string, ...more: unknown[]) => log.warn({ more: more.map(String) }, `telemetry: ${msg}`);
  const silent = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
