import { performance } from 'node:perf_hooks';
import {
  InterceptingCall,
  status,
  type Interceptor,
  type Metadata,
  type ServiceDefinition,
  type ServiceError,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { context, propagation, type Meter, type TextMapGetter, type TextMapSetter } from '@opentelemetry/api';
import { secondsHistogram } from './metrics.js';
import { continued } from './trace-context.js';

const setter: TextMapSetter<Metadata> = { set: (metadata, key, value) => metadata.set(key, value) };
const getter: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get: (metadata, key) => metadata.get(key)[0]?.toString(),
};

/** What a client does with each of its calls: names the trace that it is made in, and says how long it took. */
export function observingCalls(meter?: Meter): Interceptor {
  const durations =
    meter && secondsHistogram(meter, 'rpc_client_call_duration_seconds', 'gRPC calls to other services');
  return (options, nextCall) => {
    const began = performance.now();
    const { path } = options.method_definition;
    return new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        propagation.inject(context.active(), metadata, setter);
        if (!durations) return next(metadata, listener);
        next(metadata, {
          onReceiveStatus(ended, pass) {
            durations.record((performance.now() - began) / 1000, labels(path, ended.code));
            pass(ended);
          },
        });
      },
    });
  };
}

type Answer = (error: Partial<ServiceError> | null, ...rest: unknown[]) => void;
interface Call {
  metadata: Metadata;
  once(event: string, listener: (error?: Partial<ServiceError>) => void): unknown;
}
type Handler = (call: Call, answer?: Answer) => void;

/** The same service; each call is answered within the trace that its caller named, and timed. Unary calls and streamed answers. */
export function observedService<Service extends UntypedServiceImplementation>(
  definition: ServiceDefinition,
  service: Service,
  meter: Meter,
): Service {
  const durations = secondsHistogram(meter, 'rpc_server_call_duration_seconds', 'gRPC calls of other services');
  const observed = Object.entries(service).map(([name, handler]): [string, Handler] => {
    const path = definition[name]!.path;
    const answerCall = handler as unknown as Handler;
    return [
      name,
      (call, answer) => {
        const began = performance.now();
        let told = false;
        const end = (code: number) => {
          if (told) return;
          told = true;
          durations.record((performance.now() - began) / 1000, labels(path, code));
        };
        const within = continued(call.metadata, getter);
        if (answer) {
          const timed: Answer = (error, ...rest) => {
            end(error ? (error.code ?? status.UNKNOWN) : status.OK);
            answer(error, ...rest);
          };
          return context.with(within, () => answerCall(call, timed));
        }
        call.once('finish', () => end(status.OK));
        call.once('cancelled', () => end(status.CANCELLED));
        call.once('error', (error) => end(error?.code ?? status.UNKNOWN));
        context.with(within, () => answerCall(call));
      },
    ];
  });
  return Object.fromEntries(observed) as unknown as Service;
}

function labels(path: string, code: number) {
  return { rpc_method: path.slice(1), rpc_response_status_code: status[code] ?? 'UNKNOWN' };
}
