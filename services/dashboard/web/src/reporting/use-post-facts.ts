import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { recordFacts, type FactResult, type SentFact } from '../api/facts.js';

export interface PostedFacts {
  results: FactResult[] | undefined;
  error: unknown;
  sending: boolean;
  /** The same facts may be sent again, when no answer came: each counts once. */
  send(facts: readonly SentFact[]): void;
}

/** Publishes facts in the reader's name, and asks anew for what they change. */
export function usePostFacts(): PostedFacts {
  const client = useQueryClient();
  const [state, setState] = useState<Omit<PostedFacts, 'send'>>({
    ...{ results: undefined, error: undefined, sending: false },
  });
  const send = (facts: readonly SentFact[]) => {
    setState({ results: undefined, error: undefined, sending: true });
    recordFacts(facts).then(
      (results) => {
        setState({ results, error: undefined, sending: false });
        void client.invalidateQueries({ queryKey: ['reporting'] });
      },
      (error: unknown) => setState({ results: undefined, error, sending: false }),
    );
  };
  return { ...state, send };
}
