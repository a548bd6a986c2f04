import { LedgerServiceClient, type ReadLedgerResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata, createGrpcClient, isUnavailable } from '@gdtx/service-kit/grpc';
import { tryAgain } from '@gdtx/service-kit/problem';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import type { LedgerReader } from './queries/ledger-entries.js';

const READ_MS = 300_000;

/** Reads ledgers from their owners, with the bytes that were hashed. An owner that is down is a 503 problem. */
export function createLedgerReader(
  identity: ServiceIdentity,
  addresses: Record<Owner, string>,
): { read: LedgerReader; close(): void } {
  const clients = new Map(OWNERS.map((o) => [o as string, createGrpcClient(LedgerServiceClient, addresses[o])]));
  return {
    async *read(service, unit, fromSeq = 1) {
      const metadata = await callMetadata(identity, service);
      const request = { unit, fromSeq, limit: 0 };
      const call = clients.get(service)!.readLedger(request, metadata, { deadline: Date.now() + READ_MS });
      try {
        yield* call as AsyncIterable<ReadLedgerResponse>;
      } catch (error) {
        throw isUnavailable(error) ? tryAgain(`${service} can’t be asked for its entries just now.`) : error;
      }
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}
