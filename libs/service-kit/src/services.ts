/**
 * The owning services in the order in which they depend on each other: a service's facts refer only to units of the ones
 * before it. The gateway asks them in this order, so that a batch may establish a unit and report on it.
 */
export const OWNERS = ['provinces', 'centres', 'community-learning', 'programmes', 'inspections'] as const;
export type Owner = (typeof OWNERS)[number];

export const SERVICES = ['gateway', ...OWNERS, 'dashboard'] as const;
export type Service = (typeof SERVICES)[number];

export function isOwner(name: string): name is Owner {
  return (OWNERS as readonly string[]).includes(name);
}

/** COMMUNITY_LEARNING for community-learning: the stem of its environment variables. */
export function envStem(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** The gRPC addresses of the owners, from a configuration that holds `ownerAddresses`. */
export function ownerGrpcAddresses(config: Record<string, unknown>): Record<Owner, string> {
  return Object.fromEntries(OWNERS.map((o) => [o, String(config[`${envStem(o)}_GRPC`])])) as Record<Owner, string>;
}
