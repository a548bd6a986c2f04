import { describe, expect, it } from '@jest/globals';
import { tracesAreWanted, withDefaults } from './otel-env.js';

describe('whether traces are recorded', () => {
  it.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, true],
    [{ OTEL_TRACES_EXPORTER: 'console' }, true],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, false],
    [{ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'otlp' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_TRACES_EXPORTER: '' }, false],
  ])('%j: %s', (env, wanted) => {
    expect(tracesAreWanted(env)).toBe(wanted);
  });
});

describe('defaults', () => {
  it('record one request in a hundred, and neither metrics nor logs', () => {
    expect(withDefaults({}, '/gdtx/services/programmes/dist/main.js')).toEqual({
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
      OTEL_SERVICE_NAME: 'programmes',
    });
  });

  it('leave what the environment says', () => {
    const said = {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_LOGS_EXPORTER: 'console',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_SERVICE_NAME: 'gateway-north',
    };
    expect({ ...said, ...withDefaults(said, '/gdtx/services/gateway/dist/main.js') }).toEqual(said);
    expect(withDefaults({ OTEL_TRACES_SAMPLER_ARG: '0.5' }, undefined)).toMatchObject({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
    });
  });
});
