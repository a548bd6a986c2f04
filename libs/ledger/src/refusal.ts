/**
 * Why a fact wasn't taken: a stable slug, a sentence for people, and the path of the field in the CloudEvent
 * (`data.learners.female`). `retryable`: the same fact may be accepted later as it is.
 */
export interface Refusal {
  slug: string;
  message: string;
  path: string;
  retryable: boolean;
  /** Of `unit-unknown`: the unit, so that its owner can be asked before the refusal stands. */
  unit?: string;
}

export function refuse(slug: string, message: string, path = ''): Refusal {
  return { slug, message, path, retryable: false };
}

export function retryLater(message: string, path = ''): Refusal {
  return { slug: 'try-again', message, path, retryable: true };
}

export function unitUnknown(unit: string, path: string): Refusal {
  return { ...refuse('unit-unknown', `There is no unit \`${unit}\`.`, path), unit };
}
