import { Agent, request } from 'node:http';

/** Sends JSON over connections that stay open, as a publisher's system does; rejects for any status above 299. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  post<Answer>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = JSON.stringify(body);
    const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    return this.send(path, 'POST', { ...length, ...this.headers, ...headers }, text);
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.send(path, 'GET', this.headers);
  }

  close(): void {
    this.agent.destroy();
  }

  private send<Answer>(
    path: string,
    method: string,
    headers: Record<string, string | number>,
    text?: string,
  ): Promise<Answer> {
    const options = { method, agent: this.agent, headers };
    return new Promise((resolve, reject) => {
      const send = () => {
        const sent = request(new URL(path, this.url), options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const answer = Buffer.concat(chunks).toString();
            if (response.statusCode! > 299) reject(new Error(`${response.statusCode}: ${answer.slice(0, 500)}`));
            else resolve((answer ? JSON.parse(answer) : undefined) as Answer);
          });
        });
        sent.once('error', (error: NodeJS.ErrnoException) => {
          // The server has just closed a connection that was idle: the one case in which every client sends again.
          if (sent.reusedSocket && error.code === 'ECONNRESET') send();
          else reject(error);
        });
        sent.end(text);
      };
      send();
    });
  }
}
