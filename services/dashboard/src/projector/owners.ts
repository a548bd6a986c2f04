import {
  LedgerServiceClient,
  type HeadsResponse,
  type ReadLedgerResponse,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { callMetadata, createGrpcClient } from '@gdtx/service-kit/grpc';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import type { Owner } from '@gdtx/service-kit/services';

export interface Head {
  unit: string;
  seq: number;
  hash: Buffer;
}

/** What the projector asks the owning services. */
export interface LedgerOwners {
  /** The last entry of every ledger of a service. */
  heads(service: string): AsyncIterable<Head>;
  /** Sends a ledger's entries from a seq on to Kafka again. */
  republish(service: string, unit: string, fromSeq: number): Promise<void>;
  /** A whole ledger, in order of seq. */
  readLedger(service: string, unit: string): AsyncIterable<Entry>;
  close(): void;
}

const DEADLINE_MS = 60_000;

/** Asks the owners by gRPC; one client a service, made when it is first needed. */
export function createLedgerOwners(identity: ServiceIdentity, addresses: Record<Owner, string>): LedgerOwners {
  const clients = new Map<string, LedgerServiceClient>();
  const clientOf = (service: string) => {
    const client = clients.get(service) ?? createGrpcClient(LedgerServiceClient, addresses[service as Owner]);
    clients.set(service, client);
    return client;
  };
  const options = () => ({ deadline: Date.now() + DEADLINE_MS });
  return {
    async *heads(service) {
      const call = clientOf(service).heads({ units: [] }, await callMetadata(identity, service), options());
      for await (const { unit, seq, hash } of call as AsyncIterable<HeadsResponse>) yield { unit, seq, hash };
    },
    async republish(service, unit, fromSeq) {
      const metadata = await callMetadata(identity, service);
      await new Promise<void>((resolve, reject) =>
        clientOf(service).republish({ unit, fromSeq }, metadata, options(), (error) =>
          error ? reject(error) : resolve(),
        ),
      );
    },
    async *readLedger(service, unit) {
      const request = { unit, fromSeq: 1, limit: 0 };
      const call = clientOf(service).readLedger(request, await callMetadata(identity, service), options());
      for await (const { entry } of call as AsyncIterable<ReadLedgerResponse>) if (entry) yield entry;
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}
