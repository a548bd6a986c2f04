import { status, type ServerUnaryCall, type ServerWritableStream, type sendUnaryData } from '@grpc/grpc-js';
import {
  LedgerServiceService,
  type DescribeResponse,
  type HeadsRequest,
  type HeadsResponse,
  type PreviewRequest,
  type PreviewResponse,
  type LedgerServiceServer,
  type ReadLedgerRequest,
  type ReadLedgerResponse,
  type ReadLedgersRequest,
  type ReadLedgersResponse,
  type RecordRequest,
  type RecordResponse,
  type RecordResult,
  type RepublishRequest,
  type RepublishResponse,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { callingService, grpcError } from '@gdtx/service-kit/grpc';
import type { Log } from '@gdtx/service-kit/log';
import { Problem } from '@gdtx/service-kit/problem';
import type { ServiceIdentity } from '@gdtx/service-kit/service-identity';
import { bearer, type VerifyToken } from '@gdtx/service-kit/tokens';
import { inSpan, requestTrace } from '@gdtx/service-kit/trace-context';
import { Overloaded } from './commit-queue.js';
import { NotRecording, type Committer } from './committer.js';
import type { Item, Outcome } from './decide-batch.js';
import { entryMessage } from './entry.js';
import type { FactRule } from './fact.js';
import type { LedgerStore } from './ledger-store.js';
import { parseFact, type Parsed } from './parse-fact.js';
import { retryLater, type Refusal } from './refusal.js';
import type { Previewer } from './preview.js';
import { pagesOf } from './pages.js';
import type { Relay } from './relay.js';

export { LedgerServiceService };

export interface LedgerServer {
  service: string;
  rules: ReadonlyMap<string, FactRule<never>>;
  identity: ServiceIdentity;
  verify: VerifyToken;
  committer: Committer;
  previewer: Previewer;
  store: LedgerStore;
  relay: Relay;
  description: DescribeResponse;
  log: Log;
  onRecorded: (results: RecordResult[], seconds: number) => void;
}

/** Facts whose forms are checked in one go, before others get their turn. */
const PARSED_AT_ONCE = 250;

/** The gRPC service that every owner answers. Only a service that proves who it is may call; `Record`: the gateway alone. */
export function ledgerService(server: LedgerServer): LedgerServiceServer {
  return {
    record: unary(server, ['gateway'], record),
    preview: unary(server, ['gateway'], preview),
    describe: unary(server, 'any', async () => server.description),
    republish: unary(server, 'any', async (_, { unit, fromSeq }: RepublishRequest): Promise<RepublishResponse> => ({
      published: await server.relay.republish(unit, fromSeq),
    })),
    readLedger: streaming(server, readLedger),
    readLedgers: streaming(server, readLedgers),
    heads: streaming(server, heads),
  };
}

async function record(
  server: LedgerServer,
  request: RecordRequest,
  authorization: string | undefined,
): Promise<RecordResponse> {
  const caller = await server.verify(bearer(authorization));
  server.committer.checkRoom(
    request.facts.length,
    request.facts.reduce((sum, fact) => sum + fact.data.length, 0),
  );
  const parsed: Parsed[] = [];
  for (const fact of request.facts) {
    if (parsed.length > 0 && parsed.length % PARSED_AT_ONCE === 0)
      await new Promise((resolve) => setImmediate(resolve));
    parsed.push(parsedOrFailed(server, fact));
  }
  const ids = request.facts.map((fact) => fact.id);
  // The call keeps its request until it is answered; what was made of it is enough.
  request.facts = [];
  const began = performance.now();
  const outcomes = await inSpan('record', { 'gdtx.facts': parsed.length }, () => {
    const trace = requestTrace();
    const items: Item[] = [];
    for (const p of parsed) if (p.ok) items.push({ parsed: p.parsed, caller, trace });
    return server.committer.record(items);
  });
  let next = 0;
  const results = ids.map((id, i) => {
    const p = parsed[i]!;
    return result(id, p.ok ? outcomes[next++]! : { status: 'refused', refusal: p.refusal });
  });
  server.onRecorded(results, (performance.now() - began) / 1000);
  return { results };
}

/** What would become of facts. One whose form is wrong isn't decided. */
async function preview(
  server: LedgerServer,
  request: PreviewRequest,
  authorization: string | undefined,
): Promise<PreviewResponse> {
  const caller = await server.verify(bearer(authorization));
  const parsed = request.facts.map((fact) => parsedOrFailed(server, fact));
  const items: Item[] = parsed.flatMap((p) => (p.ok ? [{ parsed: p.parsed, caller }] : []));
  const { outcomes, registry, changes } = await server.previewer.preview(items, request.assumed);
  let next = 0;
  const results = request.facts.map(({ id }, i) => {
    const p = parsed[i]!;
    const outcome: Outcome = p.ok ? outcomes[next++]! : { status: 'refused', refusal: p.refusal };
    const base = { id, status: outcome.status };
    return outcome.status === 'refused'
      ? { ...base, unit: '', refusal: shown(outcome.refusal) }
      : { ...base, unit: outcome.receipt.unit, refusal: undefined };
  });
  const { units, places, reporters } = changes;
  return {
    results,
    registry,
    changes: {
      units,
      movedProvince: places.province,
      movedCommune: places.commune,
      movedCentre: places.centre,
      reportersBefore: reporters.before,
      reportersAfter: reporters.after,
    },
  };
}

/** A rule that throws has a mistake: its fact waits for a better version, and its neighbours don't. */
function parsedOrFailed({ rules, log }: LedgerServer, fact: RecordRequest['facts'][number]): Parsed {
  try {
    return parseFact(fact, rules);
  } catch (error) {
    log.error({ err: error, type: fact.type }, 'a form failed on a fact');
    return { ok: false, refusal: retryLater('This service failed on the fact; it is in the log.') };
  }
}

function result(id: string, outcome: Outcome): RecordResult {
  const { status } = outcome;
  if (outcome.status === 'refused') {
    return { id, status, receipt: undefined, refusal: shown(outcome.refusal), correction: undefined };
  }
  return { id, status, receipt: outcome.receipt, refusal: undefined, correction: outcome.correction };
}

function shown({ slug, message, path, retryable }: Refusal) {
  return { slug, message, path, retryable };
}

async function* readLedger(
  { store, service }: LedgerServer,
  { unit, fromSeq, limit }: ReadLedgerRequest,
): AsyncIterable<ReadLedgerResponse> {
  for await (const entry of store.read(unit, Math.max(1, fromSeq), Math.max(0, limit))) {
    yield { entry: entryMessage(service, entry), canonical: entry.canonical };
  }
}

/** A call may not keep a cursor open for a whole nation. */
const MOST_LEDGERS = 1000;
/** Of a page, canonical bytes: what HTTP/2 sends without waiting for the other side. */
const PAGE_BYTES = 32_768;
const NO_BYTES = Buffer.alloc(0);

async function* readLedgers(
  { store, service }: LedgerServer,
  { units, inPages }: ReadLedgersRequest,
): AsyncIterable<ReadLedgersResponse> {
  if (units.length > MOST_LEDGERS) throw grpcError(status.INVALID_ARGUMENT, `At most ${MOST_LEDGERS} units a call.`);
  for await (const batch of store.readMany(units)) {
    for (const entries of pagesOf(batch, inPages ? PAGE_BYTES : 0)) {
      const page = entries.map((entry) => ({ entry: entryMessage(service, entry), canonical: entry.canonical }));
      yield inPages ? { entry: undefined, canonical: NO_BYTES, page } : { ...page[0]!, page: [] };
    }
  }
}

async function* heads({ store }: LedgerServer, { units }: HeadsRequest): AsyncIterable<HeadsResponse> {
  const filter = units.length > 0 ? { _id: { $in: units } } : {};
  for await (const head of store.heads.find(filter)) {
    yield { unit: head._id, seq: head.seq, hash: head.hash };
  }
}

function unary<Request, Response>(
  server: LedgerServer,
  who: string[] | 'any',
  answer: (server: LedgerServer, request: Request, authorization: string | undefined) => Promise<Response>,
) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    allowed(server, call, who)
      .then(() => answer(server, call.request, call.metadata.get('authorization')[0]?.toString()))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(asGrpcError(error, server.log)),
      );
  };
}

function streaming<Request, Response>(
  server: LedgerServer,
  answer: (server: LedgerServer, request: Request) => AsyncIterable<Response>,
) {
  return (call: ServerWritableStream<Request, Response>): void => {
    const pump = async () => {
      await allowed(server, call, 'any');
      for await (const message of answer(server, call.request)) {
        if (call.cancelled) return;
        if (!call.write(message)) await drained(call);
      }
      call.end();
    };
    // Destroying the call would end it here without a word to the other side, which would wait for ever.
    pump().catch((error: unknown) => call.emit('error', asGrpcError(error, server.log)));
  };
}

/** The other side has read what was written, or has gone. */
function drained<Request, Response>(call: ServerWritableStream<Request, Response>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done).off('cancelled', done);
      resolve();
    };
    call.once('drain', done).once('cancelled', done);
    if (call.cancelled) done();
  });
}

async function allowed(
  { identity }: LedgerServer,
  call: { metadata: Parameters<typeof callingService>[1] },
  who: string[] | 'any',
): Promise<void> {
  const caller = await callingService(identity, call.metadata);
  if (caller === undefined) {
    throw grpcError(status.UNAUTHENTICATED, 'The calling service didn’t prove who it is.');
  }
  if (who !== 'any' && !who.includes(caller)) {
    throw grpcError(status.PERMISSION_DENIED, `\`${caller}\` may not make this call.`);
  }
}

const PROBLEM_CODES: Record<number, status> = { 401: status.UNAUTHENTICATED, 503: status.UNAVAILABLE };

/** Expected errors keep their code; whatever else happens may be tried again, since every record is idempotent. */
function asGrpcError(error: unknown, log: Log) {
  if (error instanceof Problem) return grpcError(PROBLEM_CODES[error.status] ?? status.PERMISSION_DENIED, error.detail);
  if (error instanceof Overloaded) return grpcError(status.RESOURCE_EXHAUSTED, error.message);
  if (error instanceof NotRecording) return grpcError(status.UNAVAILABLE, error.message);
  if (isGrpcError(error)) return error;
  log.error({ err: error }, 'a call failed');
  return grpcError(status.UNAVAILABLE, 'This can’t be answered just now: send it again.');
}

/** MongoDB's errors have numeric codes too. */
function isGrpcError(error: unknown): error is ReturnType<typeof grpcError> {
  return (
    error instanceof Error && 'details' in error && Object.values(status).includes((error as { code?: status }).code!)
  );
}
