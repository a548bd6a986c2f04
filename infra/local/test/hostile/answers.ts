import { expect } from '@jest/globals';
import type { Answer } from './hostile-platform.js';

/** What a lone fact is refused with: in the problem that answers the call, or in the fact's own result. */
export function refusalOf({ status, body }: Answer): { slug: string; path: string; message: string } {
  if (status === 207) return body.results[0].refusal;
  expect([400, 413]).toContain(status);
  return { path: '', ...body, message: body.detail };
}

/** Nothing that is said to a sender is as long as what it sent. */
export const isShort = (body: unknown): void => expect(JSON.stringify(body).length).toBeLessThan(20_000);
