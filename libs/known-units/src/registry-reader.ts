import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { LedgerServiceClient, type ReadLedgerResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata, createGrpcClient } from '@gdtx/service-kit/grpc';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import type { Owner } from '@gdtx/service-kit/services';
import type { RegistryReader, RegistryService } from './known-units.js';

const DEADLINE_MS = 20_000;
/** How long an owner that is down may keep a caller waiting. */
const CONNECT_MS = 1000;

/** Reads the registry ledgers of other services by gRPC; one client a service, made when it is first needed. */
export function createRegistryReader(identity: ServiceIdentity, addresses: Record<Owner, string>): RegistryReader {
  const clients = new Map<RegistryService, LedgerServiceClient>();
  const clientOf = (service: RegistryService) => {
    const client = clients.get(service) ?? createGrpcClient(LedgerServiceClient, addresses[service]);
    clients.set(service, client);
    return client;
  };
  return {
    async *read(service, fromSeq): AsyncGenerator<Entry> {
      const client = clientOf(service);
      await reachable(client);
      const request = { unit: 'vn', fromSeq, limit: 0 };
      const call = client.readLedger(request, await callMetadata(identity, service), {
        deadline: Date.now() + DEADLINE_MS,
      });
      for await (const { entry } of call as AsyncIterable<ReadLedgerResponse>) if (entry) yield entry;
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}

function reachable(client: LedgerServiceClient): Promise<void> {
  return new Promise((resolve, reject) =>
    client.waitForReady(Date.now() + CONNECT_MS, (error) => (error ? reject(error) : resolve())),
  );
}
