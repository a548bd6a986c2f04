import { refusalLine } from '@gdtx/publisher/cli';
import type { Result } from '@gdtx/publisher/publish';
import type { SimulatedFact } from './nation/fact.js';

const MOST_SHOWN = 10;

/** What became of the facts. */
export class Tally {
  accepted = 0;
  duplicate = 0;
  refused = 0;
  /** Among the refused: those that were sent to be. */
  deserved = 0;
  /** Not sent, because the fact that they are about was refused. */
  notSent = 0;
  /** Sentences of what was refused without deserving it, the first ones. */
  readonly surprises: string[] = [];

  get decided(): number {
    return this.accepted + this.duplicate + this.refused;
  }

  get undeserved(): number {
    return this.refused - this.deserved;
  }

  add(fact: SimulatedFact, result: Result): void {
    this[result.status]++;
    if (result.status !== 'refused') return;
    if (result.refusal?.slug === fact.earns) this.deserved++;
    else if (this.surprises.length < MOST_SHOWN) this.surprises.push(refusalLine(result));
  }
}
