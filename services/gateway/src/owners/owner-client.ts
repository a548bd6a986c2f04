import type { CallOptions, ServiceError } from '@grpc/grpc-js';
import type { Meter } from '@opentelemetry/api';
import {
  LedgerServiceClient,
  type DescribeResponse,
  type Fact,
  type PreviewResponse,
  type RecordResponse,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callMetadata, createGrpcClient } from '@gdtx/service-kit/grpc';
import type { Log } from '@gdtx/service-kit/log';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import type { Owner } from '@gdtx/service-kit/services';
import type { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { OwnerPreview } from '../intake/preview.js';
import { publicResult, type Result } from '../intake/results.js';
import { callFailure, ownerBroken, ownerFull, type CallFailure } from './call-failure.js';
import { Room, type RoomLimits } from './room.js';

/** An owner's answer to a call of Record: a result for each fact, or why there is none for any of them. */
export type Recorded = { results: Result[] } | { failure: CallFailure };

/** The way to one owner's ledger service. */
export interface OwnerClient {
  owner: Owner;
  room: Room;
  /** Hands facts over in the caller's name; waits up to `patienceMs` for room. An owner that is down is a value. */
  record(facts: Fact[], userToken: string, patienceMs: number): Promise<Recorded>;
  /** What would become of facts; `assumed`: registry entries that other owners would make. */
  preview(facts: Fact[], assumed: Entry[], userToken: string): Promise<OwnerPreview>;
  /** Rejects when the owner doesn't answer. */
  describe(): Promise<DescribeResponse>;
  close(): void;
}

export interface OwnerClientOptions {
  owner: Owner;
  address: string;
  identity: ServiceIdentity;
  log: Log;
  deadlineMs: number;
  room: RoomLimits;
  onFailure: (owner: Owner, kind: CallFailure['kind']) => void;
  meter: Meter;
}

const DESCRIBE_DEADLINE_MS = 5000;

export function createOwnerClient(options: OwnerClientOptions): OwnerClient {
  const { owner, identity, log } = options;
  const client = createGrpcClient(LedgerServiceClient, options.address, options.meter);
  const room = new Room(options.room);

  const askToRecord = async (facts: Fact[], userToken: string): Promise<Recorded> => {
    try {
      const metadata = await callMetadata(identity, owner, userToken);
      const answer = await unary<RecordResponse>(options.deadlineMs, (callOptions, done) =>
        client.record({ facts }, metadata, callOptions, done),
      );
      const results = publicResults(facts, answer);
      if (results) return { results };
      log.error({ owner, sent: facts.length, answered: answer.results.length }, 'an owner broke its contract');
      return { failure: ownerBroken(owner) };
    } catch (error) {
      const failure = callFailure(owner, error as ServiceError);
      // An owner that doesn't let the gateway in is as wrong as one that fails: somebody has to look.
      const level = failure.kind === 'broken' || failure.kind === 'not-allowed' ? 'error' : 'warn';
      log[level]({ owner, err: error }, 'an owner did not take facts');
      return { failure };
    }
  };

  return {
    owner,
    room,
    async record(facts, userToken, patienceMs) {
      const bytes = facts.reduce((sum, fact) => sum + fact.data.length, 0);
      const leave = await room.enter(bytes, patienceMs);
      const recorded = leave ? await askToRecord(facts, userToken) : { failure: ownerFull(owner) };
      leave?.();
      if ('failure' in recorded) options.onFailure(owner, recorded.failure.kind);
      return recorded;
    },
    async preview(facts, assumed, userToken) {
      const bytes = facts.reduce((sum, fact) => sum + fact.data.length, 0);
      const leave = await room.enter(bytes, 0);
      if (!leave) return { failure: ownerFull(owner) };
      try {
        const metadata = await callMetadata(identity, owner, userToken);
        const answer = await unary<PreviewResponse>(options.deadlineMs, (callOptions, done) =>
          client.preview({ facts, assumed }, metadata, callOptions, done),
        );
        return isWhole(facts, answer) ? answer : { failure: ownerBroken(owner) };
      } catch (error) {
        log.warn({ owner, err: error }, 'an owner did not say what facts would change');
        return { failure: callFailure(owner, error as ServiceError) };
      } finally {
        leave();
      }
    },
    async describe() {
      const metadata = await callMetadata(identity, owner);
      return unary<DescribeResponse>(DESCRIBE_DEADLINE_MS, (callOptions, done) =>
        client.describe({}, metadata, callOptions, done),
      );
    },
    close: () => client.close(),
  };
}

/** Undefined unless the owner answered every fact, in the order sent. */
function publicResults(facts: Fact[], answer: RecordResponse): Result[] | undefined {
  if (answer.results.length !== facts.length) return undefined;
  const results: Result[] = [];
  for (const [i, fact] of facts.entries()) {
    const result = publicResult(fact.id, answer.results[i]!);
    if (!result) return undefined;
    results.push(result);
  }
  return results;
}

/** Every fact is answered, in the order sent, and every refusal says why. */
function isWhole(facts: Fact[], { results }: PreviewResponse): boolean {
  const STATUSES = ['accepted', 'duplicate', 'refused'];
  return (
    results.length === facts.length &&
    results.every(({ id, status, refusal }, i) => {
      return id === facts[i]!.id && STATUSES.includes(status) && (status !== 'refused' || refusal !== undefined);
    })
  );
}

type Done<Answer> = (error: ServiceError | null, answer: Answer) => void;

function unary<Answer>(
  deadlineMs: number,
  call: (options: Partial<CallOptions>, done: Done<Answer>) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call({ deadline: Date.now() + deadlineMs }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}
