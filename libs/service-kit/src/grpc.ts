import {
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ChannelOptions,
  type Client,
  type ClientOptions,
  type ServiceError,
} from '@grpc/grpc-js';
import type { Meter } from '@opentelemetry/api';
import { observingCalls } from './grpc-calls.js';
import type { ServiceIdentity } from './service-identity.js';

const MAX_MESSAGE = 32 * 1024 * 1024;
export const GRPC_OPTIONS: ChannelOptions = {
  'grpc.max_receive_message_length': MAX_MESSAGE,
  'grpc.max_send_message_length': MAX_MESSAGE,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2000,
};

type ClientClass<C extends Client> = new (
  address: string,
  creds: ReturnType<typeof credentials.createInsecure>,
  options?: ClientOptions,
) => C;

/**
 * A client of another service; its calls carry the trace that they are made in, and are timed where there is a meter. Who calls
 * is said per call, see `callMetadata`.
 */
export function createGrpcClient<C extends Client>(ClientType: ClientClass<C>, address: string, meter?: Meter): C {
  const options = { ...GRPC_OPTIONS, interceptors: [observingCalls(meter)] };
  return new ClientType(address, credentials.createInsecure(), options);
}

/** Metadata of a call from one service to another, with the user's token where it acts for one. */
export async function callMetadata(identity: ServiceIdentity, to: string, userToken?: string): Promise<Metadata> {
  const metadata = new Metadata();
  metadata.set('x-gdtx-service', await identity.tokenFor(to));
  if (userToken !== undefined) metadata.set('authorization', `Bearer ${userToken}`);
  return metadata;
}

/** The service that makes a call, as it proved; undefined for a stranger. */
export function callingService(identity: ServiceIdentity, metadata: Metadata): Promise<string | undefined> {
  return identity.verify(metadata.get('x-gdtx-service')[0]?.toString());
}

/** A gRPC error with a status code. */
export function grpcError(code: status, message: string): Partial<ServiceError> {
  return Object.assign(new Error(message), { code, details: message });
}

/** Is the other side down or overloaded, so that the same call may succeed later? */
export function isUnavailable(error: unknown): boolean {
  const code = (error as { code?: number }).code;
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.RESOURCE_EXHAUSTED;
}

export function createGrpcServer(): Server {
  return new Server(GRPC_OPTIONS);
}

export async function listenGrpc(server: Server, port: number, host: string): Promise<string> {
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    ),
  );
  return `${host}:${bound}`;
}

/** Lets open calls end, for `graceMs` at most. */
export async function closeGrpcServer(server: Server, graceMs = 3000): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
