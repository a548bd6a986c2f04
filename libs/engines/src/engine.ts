/** One engine that this process has at hand. Stopping and starting keeps its address and its data. */
export interface Engine {
  readonly name: 'kafka' | 'mongodb';
  /** Kafka: broker list with commas; MongoDB: URI without a database. */
  readonly address: string;
  /** How it was come by, a sentence. */
  readonly chosen: string;
  /** False for an engine whose address was given: it is not ours to stop. */
  readonly controllable: boolean;
  /** Names the data behind it: another value, other data. */
  readonly identity: string;
  running(): boolean;
  /** The process id, where it is a process of ours that runs. */
  pid(): number | undefined;
  /** Starts it again after stop() or kill(), and waits until it answers. */
  start(): Promise<void>;
  /** In order. */
  stop(): Promise<void>;
  /** At once, as a power cut would. */
  kill(): Promise<void>;
}

/** An engine that runs elsewhere: nothing to start, and not ours to stop. */
export function givenEngine(name: Engine['name'], address: string, chosen: string): Engine {
  const notOurs = () => Promise.reject(new Error(`${name} at ${address} was given: it can't be stopped from here`));
  return {
    name,
    address,
    chosen,
    controllable: false,
    identity: address,
    running: () => true,
    pid: () => undefined,
    start: () => Promise.resolve(),
    stop: notOurs,
    kill: notOurs,
  };
}
