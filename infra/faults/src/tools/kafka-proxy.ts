import net from 'node:net';
import {
  FIND_COORDINATOR,
  forgedAnswer,
  frames,
  METADATA,
  NOT_LEADER_OR_FOLLOWER,
  PRODUCE,
  produceAnswer,
  readProduce,
  readProduceAnswer,
  readRequest,
  replacePorts,
  withOnly,
  type ProducedPartition,
  type Request,
} from './kafka-frames.js';

/**
 * What becomes of a Produce.
 * - `cut`: the broker appends, the answer is lost with the connection.
 * - `swallow`: the broker appends, the answer never comes, and nobody says so.
 * - `moved`: the leader of some partitions is said to be another broker, and they aren't appended; the others are.
 * - `lie`: it is confirmed and nothing is appended, as by a broker whose disk forgot it.
 */
export type ProduceFate = 'pass' | 'cut' | 'swallow' | 'lie' | { moved: (of: ProducedPartition) => boolean };

/**
 * A broker seen through a socket that does what one node can't: it understands just enough of Kafka's frames to bring itself into
 * Metadata, so that clients stay on it, and to lose or forge the answers of a Produce. For a cluster of one broker.
 */
export class KafkaProxy {
  /** Asked for each Produce. */
  fate: (partitions: readonly ProducedPartition[]) => ProduceFate = () => 'pass';
  /** Hears every request. */
  onRequest: (request: Request) => void = () => undefined;
  /** What the broker has answered until now. */
  bytesAnswered = 0;
  /** How often each fate has been met. */
  readonly met = { pass: 0, cut: 0, swallow: 0, lie: 0, moved: 0 };
  private readonly open = new Set<net.Socket>();
  private readonly server: net.Server;
  private port = 0;
  private down = false;

  private constructor(private readonly broker: { host: string; port: number }) {
    this.server = net.createServer((client) => this.serve(client));
  }

  static async before(address: string): Promise<KafkaProxy> {
    const [host = '', port = ''] = address.split(':');
    const proxy = new KafkaProxy({ host, port: Number(port) });
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as net.AddressInfo).port;
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Cuts every connection and takes none until `comeBack`. */
  goDown(): void {
    this.down = true;
    for (const socket of this.open) socket.destroy();
  }

  comeBack(): void {
    this.down = false;
  }

  /** Takes no new connections; those that are there live as long as their clients, which so can end in order. */
  retire(): void {
    this.server.close();
  }

  async close(): Promise<void> {
    this.goDown();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: net.Socket): void {
    if (this.down) return void client.destroy();
    const broker = net.connect(this.broker);
    for (const socket of [client, broker]) {
      this.open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.open.delete(socket);
        client.destroy();
        broker.destroy();
      });
    }
    /** What becomes of the answers under way, by correlation id. */
    const answers = new Map<number, (answer: Buffer) => Buffer | undefined>();
    client.on(
      'data',
      frames((frame) => {
        const request = readRequest(frame);
        this.onRequest(request);
        const passed = request.apiKey === PRODUCE ? this.produce(request, client, answers) : frame;
        if (request.apiKey === METADATA || request.apiKey === FIND_COORDINATOR) {
          answers.set(request.correlationId, (answer) => {
            const changed = Buffer.from(answer);
            replacePorts(request, changed, this.port);
            return changed;
          });
        }
        if (passed) broker.write(passed);
      }),
    );
    broker.on(
      'data',
      frames((frame) => {
        const correlationId = frame.readInt32BE(4);
        const change = answers.get(correlationId);
        answers.delete(correlationId);
        const answer = change ? change(frame) : frame;
        if (!answer) return;
        this.bytesAnswered += answer.length;
        client.write(answer);
      }),
    );
  }

  /** What the broker is to be sent, if anything; notes what becomes of its answer. */
  private produce(
    request: Request,
    client: net.Socket,
    answers: Map<number, (answer: Buffer) => Buffer | undefined>,
  ): Buffer | undefined {
    const { apiVersion, correlationId, frame } = request;
    const partitions = readProduce(request);
    const fate = this.fate(partitions);
    this.met[typeof fate === 'string' ? fate : 'moved'] += 1;
    if (fate === 'lie') {
      client.write(
        produceAnswer(
          correlationId,
          partitions.map((each) => forgedAnswer(each, apiVersion, 0)),
        ),
      );
      return undefined;
    }
    if (fate === 'cut') answers.set(correlationId, () => void client.destroy());
    if (fate === 'swallow') answers.set(correlationId, () => undefined);
    if (typeof fate === 'string') return frame;
    const moved = partitions.filter(fate.moved);
    const staying = partitions.filter((each) => !moved.includes(each));
    const forged = moved.map((each) => forgedAnswer(each, apiVersion, NOT_LEADER_OR_FOLLOWER));
    if (staying.length === 0) {
      client.write(produceAnswer(correlationId, forged));
      return undefined;
    }
    answers.set(correlationId, (answer) =>
      produceAnswer(correlationId, [...readProduceAnswer(answer, apiVersion), ...forged]),
    );
    return withOnly(request, staying);
  }
}
