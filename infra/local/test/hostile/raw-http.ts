import { connect } from 'node:net';

/** What came back over a connection on which bytes were sent that no HTTP client would send; '' when it was only closed. */
export function sendBytes(
  url: string,
  parts: (string | Buffer)[],
  { cut = false, withinMs = 10_000 } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const timer = setTimeout(() => socket.destroy(), withinMs);
    socket.on('connect', async () => {
      for (const part of parts) await new Promise((written) => socket.write(part, written));
      // The line breaks: nothing more is sent, and nobody listens.
      if (cut) setTimeout(() => socket.resetAndDestroy(), 100);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      // Whole answers are short; one that isn't followed by an end is enough.
      if (/^HTTP\/1\.1 (?!100)\d{3}/.test(answer)) setTimeout(() => socket.destroy(), 200);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

/** The status code of an answer; undefined when there was none. */
export function statusOf(answer: string): number | undefined {
  const code = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return code === undefined ? undefined : Number(code);
}
