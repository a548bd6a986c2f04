import { status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { callFailure, failureProblem, ownerBroken, ownerFull } from './call-failure.js';

const error = (code: status, details = 'because') => ({ code, details }) as ServiceError;

describe('a call that failed', () => {
  it.each([
    [status.UNAVAILABLE, 'down', 'try-again', true, 503],
    [status.DEADLINE_EXCEEDED, 'down', 'try-again', true, 503],
    [status.RESOURCE_EXHAUSTED, 'down', 'try-again', true, 503],
    [status.INTERNAL, 'broken', 'try-again', true, 503],
    [status.UNIMPLEMENTED, 'broken', 'try-again', true, 503],
    [status.UNAUTHENTICATED, 'no-token', 'no-token', true, 401],
    [status.PERMISSION_DENIED, 'not-allowed', 'not-allowed', false, 403],
    [status.INVALID_ARGUMENT, 'malformed', 'malformed', false, 400],
  ])('with gRPC status %s is %s: slug %s, retryable %s, HTTP %s', (code, kind, slug, retryable, http) => {
    const failure = callFailure('centres', error(code));
    expect(failure).toMatchObject({ kind, refusal: { slug, retryable, path: '' } });
    expect(failureProblem(failure)).toMatchObject({ status: http, slug });
  });

  it('tells the caller what the owner says of the call, not what it says of itself', () => {
    expect(callFailure('centres', error(status.UNAUTHENTICATED)).refusal.message).toBe('because');
    expect(callFailure('centres', error(status.UNAVAILABLE)).refusal.message).not.toContain('because');
    expect(callFailure('centres', error(status.INTERNAL)).refusal.message).not.toContain('because');
  });

  it('without an answer, or for want of room, may be tried again', () => {
    for (const failure of [ownerBroken('centres'), ownerFull('centres')]) {
      expect(failureProblem(failure)).toMatchObject({ status: 503, slug: 'try-again', extra: { retryAfter: 2 } });
    }
  });
});
