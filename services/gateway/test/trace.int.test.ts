import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, runGateway, type RunningGateway } from './running-gateway.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-00`;
let gateway: RunningGateway;
beforeAll(async () => void (gateway = await runGateway()));
afterAll(() => gateway.stop());

describe('the trace of a call', () => {
  it('is named to the caller, whatever the answer is', async () => {
    for (const path of ['/v1/indicators', '/v1/nothing', '/docs']) {
      const { headers } = await gateway.call(path);
      expect(headers.get('traceresponse')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    }
    const refused = await fetch(`${gateway.url}/v1/figures`, { headers: { traceparent } });
    expect([refused.status, refused.headers.get('traceresponse')]).toEqual([401, traceparent]);
  });

  it('goes on to the service that answers a read, and there is one answer as to which it is', async () => {
    let asked: IncomingMessage['headers'] = {};
    gateway.readers.centres.answer = (req, res) => {
      asked = req.headers;
      res.writeHead(200, { traceresponse: '00-another' }).end();
    };
    const { headers } = await gateway.call('/v1/centres', { headers: { traceparent } });
    expect([asked['traceparent'], headers.get('traceresponse')]).toEqual([traceparent, traceparent]);
    const own = (await gateway.call('/v1/centres')).headers.get('traceresponse');
    expect(asked['traceparent']).toBe(own);
  });

  it('goes on to the owner that takes a fact', async () => {
    const response = await gateway.publish(event('a'), { traceparent });
    expect(response.headers.get('traceresponse')).toBe(traceparent);
    expect(gateway.owners.programmes.calls.at(-1)!.traceparent).toBe(traceparent);
  });
});
