import net from 'node:net';

/** A line to a server that is as slow as it is told to be, in both directions. */
export class TcpProxy {
  /** How long each piece of data is on its way, in ms. */
  latencyMs = 0;
  /** Bytes a second and direction of each connection. */
  bytesPerSecond = Infinity;
  private port = 0;
  private paused = false;
  private readonly resumed = new Set<() => void>();
  private readonly open = new Set<net.Socket>();
  private readonly server: net.Server;

  private constructor(private readonly target: { host: string; port: number }) {
    this.server = net.createServer((client) => this.serve(client));
  }

  static async before(address: string): Promise<TcpProxy> {
    const [host = '', port = ''] = address.split(':');
    const proxy = new TcpProxy({ host, port: Number(port) });
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as net.AddressInfo).port;
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Nothing gets through until `resume`; connections stay open. */
  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    for (const go of this.resumed) go();
    this.resumed.clear();
  }

  /** Cuts every connection; new ones are taken. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  /** As fast as can be, and no new connections; those that are there live as long as their clients, which so can end in order. */
  retire(): void {
    this.latencyMs = 0;
    this.bytesPerSecond = Infinity;
    this.resume();
    this.server.close();
  }

  async close(): Promise<void> {
    this.cut();
    this.resume();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: net.Socket): void {
    const server = net.connect(this.target);
    for (const socket of [client, server]) {
      this.open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    this.carry(client, server);
    this.carry(server, client);
  }

  /** In order, each piece when its time has come; what waits holds the sender up, so that a slow line isn't a deep one. */
  private carry(from: net.Socket, to: net.Socket): void {
    let line: Promise<void> = Promise.resolve();
    let waiting = 0;
    from.on('data', (data) => {
      const arrives = performance.now() + this.latencyMs;
      waiting += data.length;
      if (waiting > 1_000_000) from.pause();
      line = line.then(async () => {
        await until(arrives);
        if (this.paused) await new Promise<void>((resolve) => this.resumed.add(resolve));
        if (this.bytesPerSecond < Infinity) await until(performance.now() + (1000 * data.length) / this.bytesPerSecond);
        waiting -= data.length;
        if (from.isPaused() && waiting < 500_000) from.resume();
        if (!to.destroyed) to.write(data);
      });
    });
  }
}

function until(moment: number): Promise<void> | undefined {
  const ms = moment - performance.now();
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}
