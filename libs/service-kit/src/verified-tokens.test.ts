import { describe, expect, test } from '@jest/globals';
import { rememberVerified } from './verified-tokens.js';

function verifier(exp = 1_000) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const verify = rememberVerified(
    async (token) => {
      asked.push(token);
      if (token.startsWith('bad')) throw new Error('forged');
      return { value: `who sent ${token}`, exp };
    },
    () => clock.now,
  );
  return { verify, asked, clock };
}

describe('a token that was verified', () => {
  test('passes for half a minute, and is verified again then', async () => {
    const { verify, asked, clock } = verifier();
    await verify('a');
    clock.now = 29_999;
    expect(await verify('a')).toBe('who sent a');
    expect(asked).toEqual(['a']);
    clock.now = 30_000;
    await verify('a');
    expect(asked).toEqual(['a', 'a']);
  });

  test('does not pass beyond its end', async () => {
    const { verify, asked, clock } = verifier(5);
    await verify('a');
    clock.now = 5_000;
    await verify('a');
    expect(asked).toEqual(['a', 'a']);
  });

  test('makes way for others when there are very many', async () => {
    const { verify, asked } = verifier();
    for (let i = 0; i <= 500; i++) await verify(`t${i}`);
    await verify('t500');
    await verify('t0');
    expect(asked.slice(501)).toEqual(['t0']);
  });
});

test('one that is no good is verified each time', async () => {
  const { verify, asked } = verifier();
  await expect(verify('bad')).rejects.toThrow('forged');
  await expect(verify('bad')).rejects.toThrow('forged');
  expect(asked).toEqual(['bad', 'bad']);
});
