import { describe, expect, it } from '@jest/globals';
import { context } from '@opentelemetry/api';
import { createLog } from './log.js';
import { bootLevel } from './run.js';
import { continued, requestTrace, traceFields } from './trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('the trace of a request', () => {
  it('goes on where the caller names one', () => {
    context.with(continued({ traceparent: `00-${TRACE}-${SPAN}-00` }), () => {
      expect(traceFields()).toEqual({ trace_id: TRACE, span_id: SPAN });
      expect(requestTrace()).toEqual({ traceId: TRACE });
    });
  });

  it('is carried along by what comes out of the request only when it is recorded', () => {
    context.with(continued({ traceparent: `00-${TRACE}-${SPAN}-01` }), () => {
      expect(requestTrace()).toEqual({ traceId: TRACE, traceparent: `00-${TRACE}-${SPAN}-01` });
    });
  });

  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-${SPAN}-01`])('begins anew after %s', (traceparent) => {
    context.with(continued({ traceparent }), () => {
      const { traceId, ...rest } = requestTrace()!;
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(traceId).not.toBe(TRACE);
      expect(rest).toEqual({});
    });
  });

  it('is not begun twice', () => {
    context.with(continued({}), () => {
      expect(continued({ traceparent: `00-${TRACE}-${SPAN}-01` })).toBe(context.active());
    });
  });

  it('is in what is logged, also after waiting; and nothing is outside', async () => {
    const lines: string[] = [];
    const log = createLog('centres', 'info', { write: (line) => void lines.push(line) });
    await context.with(continued({ traceparent: `00-${TRACE}-${SPAN}-00` }), async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      log.warn({ unit: 'gdtx-son-la' }, 'something');
    });
    log.info('nobody asked');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      level: 40,
      service: 'centres',
      msg: 'something',
      unit: 'gdtx-son-la',
      trace_id: TRACE,
      span_id: SPAN,
    });
    expect(JSON.parse(lines[1]!)).not.toHaveProperty('trace_id');
  });
});

describe('the level of the log before the environment is checked', () => {
  it.each([
    ['debug', 'debug'],
    ['loud', 'info'],
    ['', 'info'],
    [undefined, 'info'],
  ])('%s: %s', (given, used) => {
    expect(bootLevel({ ...(given === undefined ? {} : { LOG_LEVEL: given }) })).toBe(used);
  });
});
