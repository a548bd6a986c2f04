import { status, type ServiceError } from '@grpc/grpc-js';
import type { Refusal } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { isUnavailable } from '@gdtx/service-kit/grpc';
import { malformed, noToken, notAllowed, tryAgain, type Problem } from '@gdtx/service-kit/problem';
import type { Owner } from '@gdtx/service-kit/services';

/** Why a whole call came to nothing; `down`, `full` and `broken` may be sent again as they are. */
export interface CallFailure {
  kind: 'down' | 'full' | 'broken' | 'no-token' | 'not-allowed' | 'malformed';
  /** What each fact of the call is refused with. */
  refusal: Refusal;
}

export function ownerFull(owner: Owner): CallFailure {
  return later('full', `The service \`${owner}\` has more to do than it can take: send this again in a moment.`);
}

/** The owner's answer doesn't fit the question, or it failed on it. */
export function ownerBroken(owner: Owner): CallFailure {
  return later('broken', `The service \`${owner}\` failed on this call; it is in the log. Sending again does no harm.`);
}

/** What a gRPC error means for the facts of the call. */
export function callFailure(owner: Owner, { code, details }: ServiceError): CallFailure {
  // What the owner says of the token or of the question is for the caller; what it says of itself is for the log.
  switch (code) {
    case status.UNAUTHENTICATED:
      return { kind: 'no-token', refusal: refusal('no-token', details || 'The token is no longer good.', true) };
    case status.PERMISSION_DENIED:
      return { kind: 'not-allowed', refusal: refusal('not-allowed', details || 'This call is not allowed.', false) };
    case status.INVALID_ARGUMENT:
      return { kind: 'malformed', refusal: refusal('malformed', details || 'The call has a wrong form.', false) };
    default:
      if (!isUnavailable({ code })) return ownerBroken(owner);
      return later('down', `The service \`${owner}\` doesn't answer now: send this again in a moment.`);
  }
}

/** The problem that a request is answered with when every fact of it failed in this way. */
export function failureProblem({ kind, refusal: { message } }: CallFailure): Problem {
  if (kind === 'no-token') return noToken(message);
  if (kind === 'not-allowed') return notAllowed(message);
  if (kind === 'malformed') return malformed(message);
  return tryAgain(message);
}

function later(kind: CallFailure['kind'], message: string): CallFailure {
  return { kind, refusal: refusal('try-again', message, true) };
}

function refusal(slug: string, message: string, retryable: boolean): Refusal {
  return { slug, message, path: '', retryable };
}
