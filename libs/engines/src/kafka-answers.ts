import { connect } from 'node:net';

const API_VERSIONS = 18;
const PATIENCE_MS = 1_000;

/** ApiVersions, version 0: length, api key, version, correlation id, client id. */
function apiVersionsRequest(): Buffer {
  const client = Buffer.from('gdtx');
  const request = Buffer.alloc(4 + 2 + 2 + 4 + 2 + client.length);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(API_VERSIONS, 4);
  request.writeInt32BE(1, 8);
  request.writeInt16BE(client.length, 12);
  client.copy(request, 14);
  return request;
}

/** True when a Kafka broker answers a first question. It opens its port before that, so that a connection alone says little. */
export function kafkaAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.write(apiVersionsRequest()));
    let come = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      come = Buffer.concat([come, chunk]);
      if (come.length >= 10) end(come.readInt32BE(4) === 1 && come.readInt16BE(8) === 0);
    });
  });
}
