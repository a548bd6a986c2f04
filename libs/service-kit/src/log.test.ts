import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.js';

describe('the log', () => {
  it('names the service, and keeps nobody’s token', () => {
    const lines: string[] = [];
    const log = createLog('centres', 'debug', { write: (line) => void lines.push(line) });
    const headers = {
      authorization: 'Bearer secret',
      cookie: 'secret',
      'x-gdtx-service': 'secret',
      accept: 'text/csv',
    };
    log.debug({ req: { url: '/v1/centres', headers } }, 'request completed');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      service: 'centres',
      msg: 'request completed',
      req: { url: '/v1/centres', headers: { accept: 'text/csv' } },
    });
    expect(lines[0]).not.toContain('secret');
  });
});
