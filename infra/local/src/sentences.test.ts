import { describe, expect, jest, test } from '@jest/globals';
import { gatewayPort } from './gateway-port.js';
import { readable } from './last-words.js';
import { afterCrash, WELL_AFTER } from './restart-policy.js';
import { onStopSignals } from './signals.js';
import { whereToGo } from './where-to-go.js';

describe('the port of the gateway', () => {
  const taken =
    (...ports: number[]) =>
    (port: number) =>
      Promise.resolve(!ports.includes(port));

  test('is GDTX_PORT, 8080 when it says nothing', async () => {
    expect(await gatewayPort({}, taken())).toBe(8080);
    expect(await gatewayPort({ GDTX_PORT: '9000' }, taken(8080))).toBe(9000);
  });

  test('that is taken: one sentence that names the next free one', async () => {
    await expect(gatewayPort({}, taken(8080, 8081))).rejects.toThrow(
      /^Port 8080 is taken by another program: GDTX_PORT=8082 npm start takes another one\.$/,
    );
  });

  test.each(['http', '0', '70000', '80.5'])('GDTX_PORT=%s is none', async (GDTX_PORT) => {
    await expect(gatewayPort({ GDTX_PORT }, taken())).rejects.toThrow(`GDTX_PORT=${GDTX_PORT} is no port`);
  });
});

describe('when a crashed service is started again', () => {
  test('at once, then later and later, at most after half a minute', () => {
    let crashes = { inRow: 0 };
    const pauses = Array.from({ length: 9 }, () => {
      const next = afterCrash(crashes, 100);
      crashes = next.crashes;
      return next.pause / 1000;
    });
    expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
  });

  test('one that had been well for a minute begins anew', () => {
    expect(afterCrash({ inRow: 7 }, WELL_AFTER)).toEqual({ crashes: { inRow: 1 }, pause: 500 });
  });
});

describe('the last words of a service', () => {
  const line = (level: number, msg: string, err?: object) => JSON.stringify({ level, msg, err });

  test('are its errors, and what is no JSON', () => {
    const log = [
      line(40, 'the owner is slow'),
      line(50, 'Kafka is away', { message: 'connect ECONNREFUSED' }),
      'Error: something nobody caught',
      '    at file.js:1:1',
    ].join('\n');
    expect(readable(log)).toEqual(['Kafka is away: connect ECONNREFUSED', 'Error: something nobody caught']);
  });

  test('without any, the last few of all', () => {
    const log = Array.from({ length: 20 }, (_, i) => line(30, `line ${i}`)).join('\n');
    expect(readable(`${log}\n{"cut off`)).toEqual(['line 18', 'line 19', '{"cut off']);
    expect(readable('')).toEqual([]);
  });
});

describe('what to try', () => {
  const at = { gatewayUrl: 'http://127.0.0.1:8080', seconds: 4.21, home: '/clone/.gdtx' };

  test('is a command that works when pasted', () => {
    const text = whereToGo({ ...at, env: {} });
    expect(text).toContain(
      `curl -s -H "authorization: Bearer $(npx gdtx token --role inspector)" 'http://127.0.0.1:8080/v1/figures?indicator=general-vocational-pupils&unit=gdtx-son-la'`,
    );
    expect(text).toContain('http://127.0.0.1:8080/docs');
    expect(text).toContain('npm run reset');
  });

  test('names the same home in the other terminal', () => {
    expect(whereToGo({ ...at, env: { GDTX_HOME: `/my data/o'clock` } })).toContain(
      `$(GDTX_HOME='/my data/o'\\''clock' npx gdtx token`,
    );
  });
});

test('what npm hands on of one Ctrl-C is no second one; a later one is', () => {
  let now = 0;
  const heard: string[] = [];
  const listeners = new Map<string, (signal: string) => void>();
  const on = jest.spyOn(process, 'on').mockImplementation(((name: string, hear: (signal: string) => void) => {
    listeners.set(name, hear);
    return process;
  }) as never);
  onStopSignals(
    (signal) => heard.push(`orderly ${signal}`),
    () => heard.push('forced'),
    () => now,
  );
  on.mockRestore();
  const send = (signal: string) => listeners.get(signal)?.(signal);
  send('SIGINT');
  now = 50;
  send('SIGINT');
  now = 5_000;
  send('SIGTERM');
  expect(heard).toEqual(['orderly SIGINT', 'forced']);
});
