import { status, type Server, type ServiceError } from '@grpc/grpc-js';
import {
  LedgerServiceService,
  type Fact,
  type FactType,
  type LedgerServiceServer,
  type PreviewRequest,
  type PreviewResponse,
  type RecordResult,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callingService, closeGrpcServer, createGrpcServer, grpcError, listenGrpc } from '@gdtx/service-kit/grpc';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';

/** A call of Record as an owner got it. */
export interface RecordCall {
  facts: Fact[];
  authorization: string;
  traceparent: string;
}

/** An owner that keeps nothing: it answers what the test tells it to, and remembers what it was asked. */
export interface FakeOwner {
  calls: RecordCall[];
  /** Answers a call; throws a gRPC error. */
  decide: (facts: Fact[]) => RecordResult[] | Promise<RecordResult[]>;
  types: FactType[];
  /** Calls of Preview, and what is answered. */
  previews: PreviewRequest[];
  foresee: (request: PreviewRequest) => PreviewResponse;
  address: string;
  stop(): Promise<void>;
  /** Listens again, at the address of before. */
  start(): Promise<void>;
}

export const HASH = 'ab'.repeat(32);

export function accepted(fact: Fact, seq = 1): RecordResult {
  const receipt = { unit: 'gdtx-son-la', seq, hash: Buffer.from(HASH, 'hex'), recordedAt: 1 };
  return { id: fact.id, status: 'accepted', receipt, refusal: undefined, correction: undefined };
}

export function refusedBy(fact: Fact, slug: string, retryable = false): RecordResult {
  const refusal = { slug, message: `It is ${slug}.`, path: 'data.class', retryable };
  return { id: fact.id, status: 'refused', receipt: undefined, refusal, correction: undefined };
}

export async function startFakeOwner(identity: ServiceIdentity, service: string): Promise<FakeOwner> {
  let server: Server | undefined;
  const owner: FakeOwner = {
    calls: [],
    decide: (facts) => facts.map((fact, i) => accepted(fact, i + 1)),
    types: [factTypeOf(service)],
    previews: [],
    foresee: ({ facts }) => ({
      results: facts.map(({ id }) => ({ id, status: 'accepted', unit: 'vn', refusal: undefined })),
      registry: [],
      changes: undefined,
    }),
    address: '127.0.0.1:0',
    async start() {
      server = createGrpcServer();
      server.addService(LedgerServiceService, implementation);
      const [host, port] = owner.address.split(':');
      owner.address = await listenGrpc(server, Number(port), host!);
    },
    async stop() {
      if (server) await closeGrpcServer(server, 0);
      server = undefined;
    },
  };
  const unimplemented = () => {
    throw new Error('the gateway asks no such thing');
  };
  const implementation: LedgerServiceServer = {
    record(call, answer) {
      const authorization = String(call.metadata.get('authorization')[0] ?? '');
      const traceparent = String(call.metadata.get('traceparent')[0] ?? '');
      owner.calls.push({ facts: call.request.facts, authorization, traceparent });
      const decided = async () => {
        const caller = await callingService(identity, call.metadata);
        if (caller !== 'gateway') throw grpcError(status.PERMISSION_DENIED, 'only the gateway may record');
        return { results: await owner.decide(call.request.facts) };
      };
      decided().then(
        (value) => answer(null, value),
        (error: ServiceError) => answer(error),
      );
    },
    preview(call, answer) {
      owner.previews.push(call.request);
      answer(null, owner.foresee(call.request));
    },
    describe: (_, answer) => answer(null, { service, factTypes: owner.types }),
    readLedger: unimplemented,
    readLedgers: unimplemented,
    heads: unimplemented,
    republish: unimplemented,
  };
  await owner.start();
  return owner;
}

export function factTypeOf(service: string, name = 'ThingHappened'): FactType {
  const type = `vn.gdtx.${service}.${name}.v1`;
  const count = { $ref: '#/$defs/count' };
  return {
    type,
    titleVi: 'Một việc đã xảy ra',
    titleEn: 'Something happened',
    description: 'Something happened.',
    ledger: 'source',
    roles: ['centre-publisher'],
    jsonSchema: JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { learners: count, note: { type: 'string' } },
      required: ['learners'],
      additionalProperties: false,
      $defs: { count: { type: 'integer', minimum: 0 } },
    }),
    example: JSON.stringify({
      specversion: '1.0',
      id: `${service}-1`,
      source: 'urn:gdtx:unit:gdtx-son-la',
      type,
      data: { learners: 42 },
    }),
  };
}
