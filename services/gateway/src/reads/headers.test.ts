import { describe, expect, it } from '@jest/globals';
import { answeredHeaders, askedHeaders } from './headers.js';

describe('headers of a read', () => {
  it('go on, but for those of one connection, of a body, and of another service', () => {
    const asked = askedHeaders({
      host: 'gateway',
      authorization: 'Bearer t',
      accept: 'text/csv',
      'last-event-id': '7',
      traceparent: '00-1-2-01',
      connection: 'keep-alive, X-Mine',
      'keep-alive': 'timeout=5',
      'x-mine': '1',
      te: 'trailers',
      upgrade: 'h2c',
      'transfer-encoding': 'chunked',
      'content-length': '3',
      'content-type': 'text/plain',
      'x-gdtx-service': 'forged',
    });
    expect(asked).toEqual({
      authorization: 'Bearer t',
      accept: 'text/csv',
      'last-event-id': '7',
      traceparent: '00-1-2-01',
    });
  });

  it('come back, but for those of one connection, and the trace, which is named already', () => {
    const answered = answeredHeaders({
      ...{ 'content-type': 'text/csv', 'content-length': '3', connection: 'close' },
      traceresponse: '00-1-2-01',
    });
    expect(answered).toEqual({ 'content-type': 'text/csv', 'content-length': '3' });
  });
});
