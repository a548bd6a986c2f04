import type { LedgerServiceClient } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata } from '@gdtx/service-kit/grpc';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import type { ReadRegistry, RegistryService } from './known-units.js';

const DEADLINE_MS = 20_000;
/** How long an owner that is down may keep a caller waiting for its first entry. */
const CONNECT_MS = 1500;

/** Reads the registry ledgers of other services by gRPC; one client a service, made when it is first needed. */
export function registryReader(
  identity: ServiceIdentity,
  connect: (service: RegistryService) => LedgerServiceClient,
): ReadRegistry {
  const clients = new Map<RegistryService, LedgerServiceClient>();
  return async function* (service, fromSeq) {
    const client = clients.get(service) ?? connect(service);
    clients.set(service, client);
    await reachable(client);
    const metadata = await callMetadata(identity, service);
    const call = client.readLedger({ unit: 'vn', fromSeq, limit: 0 }, metadata, { deadline: Date.now() + DEADLINE_MS });
    for await (const { entry } of call as AsyncIterable<{ entry?: import('@gdtx/contracts/gen/gdtx/ledger/v1/ledger').Entry }>) {
      if (entry) yield entry;
    }
  };
}

function reachable(client: LedgerServiceClient): Promise<void> {
  return new Promise((resolve, reject) =>
    client.waitForReady(Date.now() + CONNECT_MS, (error) => (error ? reject(error) : resolve())),
  );
}
