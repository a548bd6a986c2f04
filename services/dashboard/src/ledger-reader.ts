import { status } from '@grpc/grpc-js';
import {
  LedgerServiceClient,
  type ReadLedgerResponse,
  type ReadLedgersResponse,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata, createGrpcClient, isUnavailable } from '@gdtx/service-kit/grpc';
import { tryAgain } from '@gdtx/service-kit/problem';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { oneByOne, type LedgersReader } from './queries/ledger-batches.js';
import type { LedgerReader } from './queries/ledger-entries.js';

const READ_MS = 300_000;

export interface LedgerReaders {
  read: LedgerReader;
  readMany: LedgersReader;
  close(): void;
}

/** Reads ledgers from their owners, with the bytes that were hashed. An owner that is down is a 503 problem. */
export function createLedgerReader(identity: ServiceIdentity, addresses: Record<Owner, string>): LedgerReaders {
  const clients = new Map(OWNERS.map((o) => [o as string, createGrpcClient(LedgerServiceClient, addresses[o])]));
  const options = () => ({ deadline: Date.now() + READ_MS });
  const problemOf = (error: unknown, service: string): unknown =>
    isUnavailable(error) ? tryAgain(`${service} can’t be asked for its entries just now.`) : error;

  async function* read(service: string, unit: string, fromSeq = 1): AsyncIterable<ReadLedgerResponse> {
    const request = { unit, fromSeq, limit: 0 };
    const call = clients.get(service)!.readLedger(request, await callMetadata(identity, service), options());
    try {
      yield* call as AsyncIterable<ReadLedgerResponse>;
    } catch (error) {
      throw problemOf(error, service);
    }
  }

  const readMany: LedgersReader = async function* (service, units) {
    const metadata = await callMetadata(identity, service);
    const call = clients.get(service)!.readLedgers({ units: [...units], inPages: true }, metadata, options());
    try {
      // One that doesn't know of pages sends an entry a message.
      for await (const { page, entry, canonical } of call as AsyncIterable<ReadLedgersResponse>)
        yield page.length > 0 ? page : [{ entry, canonical }];
    } catch (error) {
      // An owner that isn't upgraded yet says so before it sends anything.
      if (!isUnknownCall(error)) throw problemOf(error, service);
      yield* oneByOne(read)(service, units);
    }
  };

  return {
    read,
    readMany,
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}

function isUnknownCall(error: unknown): boolean {
  return error instanceof Error && (error as { code?: status }).code === status.UNIMPLEMENTED;
}
