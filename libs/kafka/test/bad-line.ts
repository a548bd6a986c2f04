import net from 'node:net';
import type { Connect } from '../src/contract.js';

/** What becomes of a broker's answer on its way back. */
export type Fate = 'pass' | 'swallow' | 'cut';
export const PRODUCE = 0;
export const FIND_COORDINATOR = 10;
export const JOIN_GROUP = 11;
export const HEARTBEAT = 12;

/** A TCP proxy before a broker that can lose answers (the broker has done what was asked) and be down. */
export class BadLine {
  /** Asked for each answer, by the API key of its request. */
  fate: (apiKey: number) => Fate = () => 'pass';
  /** An error code with which a request is answered here, without the broker hearing of it (JoinGroup and Heartbeat only). */
  refusal: (apiKey: number) => number | undefined = () => undefined;
  private down = false;
  private readonly open = new Set<net.Socket>();
  private readonly frozen = new WeakSet<net.Socket>();
  private readonly server: net.Server;

  private constructor(private readonly broker: { host: string; port: number }) {
    this.server = net.createServer((client) => this.serve(client));
  }

  static async to(address: string): Promise<BadLine> {
    const [host = '', port = ''] = address.split(':');
    const line = new BadLine({ host, port: Number(port) });
    await new Promise<void>((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  /** For `connect` of a client: every broker it wants is reached over this line. */
  readonly connect: Connect = (_, onConnect) =>
    net.connect({ host: '127.0.0.1', port: (this.server.address() as net.AddressInfo).port }, onConnect);

  /** Cuts every connection and takes none. */
  goDown(): void {
    this.down = true;
    for (const socket of this.open) socket.destroy();
  }

  /** The connections there are now lead nowhere, without either side being told; new ones are good. */
  freeze(): void {
    for (const socket of this.open) this.frozen.add(socket);
  }

  comeBack(): void {
    this.down = false;
  }

  async close(): Promise<void> {
    this.goDown();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: net.Socket): void {
    if (this.down) return void client.destroy();
    const broker = net.connect(this.broker);
    const asked = new Map<number, number>();
    for (const socket of [client, broker]) {
      this.open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => (this.open.delete(socket), client.destroy(), broker.destroy()));
    }
    client.on(
      'data',
      frames((frame) => {
        if (this.frozen.has(client)) return;
        const [apiKey, correlationId] = [frame.readInt16BE(4), frame.readInt32BE(8)];
        const refusal = this.refusal(apiKey);
        if (refusal !== undefined) return void client.write(refused(correlationId, refusal));
        asked.set(correlationId, apiKey);
        broker.write(frame);
      }),
    );
    broker.on(
      'data',
      frames((frame) => {
        if (this.frozen.has(client)) return;
        const fate = this.fate(asked.get(frame.readInt32BE(4)) ?? -1);
        if (fate === 'pass') client.write(frame);
        if (fate === 'cut') client.destroy();
      }),
    );
  }
}

/** Length, correlation id, throttle time, error; then what a JoinGroup's answer says besides: no generation, no names, no members. */
function refused(correlationId: number, errorCode: number): Buffer {
  const answer = Buffer.alloc(4 + 4 + 4 + 2 + 14);
  answer.writeInt32BE(answer.length - 4, 0);
  answer.writeInt32BE(correlationId, 4);
  answer.writeInt16BE(errorCode, 12);
  return answer;
}

/** Cuts a stream into Kafka's frames: four bytes of length, then the content. */
function frames(take: (frame: Buffer) => void): (data: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
