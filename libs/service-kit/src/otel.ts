import { register } from 'node:module';
import process from 'node:process';
import { tracesAreWanted, withDefaults } from './otel-env.js';

/**
 * Loaded before a service's own modules: `node --import …/service-kit/dist/otel.js services/<name>/dist/main.js`. It records
 * traces where OpenTelemetry's environment variables ask for them, and costs next to nothing where they don't.
 *
 * The hook must be there before anything that it is to see is imported: without it ES modules go by unseen and nothing says so.
 * Only what is instrumented goes through it; it would rewrite every module otherwise.
 */
if (tracesAreWanted(process.env)) {
  Object.assign(process.env, withDefaults(process.env, process.argv[1]));
  const include = ['http', 'https', 'express', '@grpc/grpc-js'];
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, { data: { include } });
  const { startTracing } = await import('./tracing.js');
  startTracing(process.env);
}
