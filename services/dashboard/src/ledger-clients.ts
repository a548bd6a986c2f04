import { LedgerServiceClient, type ReadLedgerResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata, createGrpcClient } from '@gdtx/service-kit/grpc';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';

const CALL_MS = 30_000;
const READ_MS = 300_000;

export interface Head {
  unit: string;
  seq: number;
}

/** The owners, as the dashboard asks them: for entries, heads, and what is to be sent again. */
export interface LedgerClients {
  read(service: string, unit: string, fromSeq?: number): AsyncIterable<ReadLedgerResponse>;
  heads(service: string): AsyncIterable<Head>;
  republish(service: string, unit: string, fromSeq: number): Promise<number>;
  close(): void;
}

export function createLedgerClients(identity: ServiceIdentity, addresses: Record<Owner, string>): LedgerClients {
  const clients = new Map(OWNERS.map((o) => [o as string, createGrpcClient(LedgerServiceClient, addresses[o])]));
  const clientOf = (service: string) => {
    const client = clients.get(service);
    if (!client) throw new Error(`there is no owner ${service}`);
    return client;
  };
  const within = (ms: number) => ({ deadline: Date.now() + ms });
  return {
    async *read(service, unit, fromSeq = 1) {
      const metadata = await callMetadata(identity, service);
      yield* clientOf(service).readLedger(
        { unit, fromSeq, limit: 0 },
        metadata,
        within(READ_MS),
      ) as AsyncIterable<ReadLedgerResponse>;
    },
    async *heads(service) {
      const metadata = await callMetadata(identity, service);
      yield* clientOf(service).heads({ units: [] }, metadata, within(READ_MS)) as AsyncIterable<Head>;
    },
    async republish(service, unit, fromSeq) {
      const metadata = await callMetadata(identity, service);
      return new Promise((resolve, reject) => {
        clientOf(service).republish({ unit, fromSeq }, metadata, within(CALL_MS), (error, answer) =>
          error ? reject(error) : resolve(answer.published),
        );
      });
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}
