import type { Service } from '@gdtx/service-kit/services';

/**
 * How Node runs a service. Of what the dashboard makes while it catches up, nearly nothing outlives the batch that it was made
 * for: with more room for what is new, less of it is copied before it is thrown away.
 */
export function nodeFlags(service: Service): readonly string[] {
  return service === 'dashboard' ? ['--max-semi-space-size=32'] : [];
}
